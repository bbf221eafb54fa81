"""检查单: the authority to make one visit."""
