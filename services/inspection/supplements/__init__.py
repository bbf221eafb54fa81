"""回执补充: what came after the receipt was signed."""
