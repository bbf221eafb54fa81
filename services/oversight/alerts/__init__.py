"""What somebody should look at now: told by events, named by the order behind it."""
