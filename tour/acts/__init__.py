"""One act a file, in the order they are played."""
