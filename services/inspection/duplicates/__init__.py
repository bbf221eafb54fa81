"""重复检查: what people say of two orders that look like the same work."""
