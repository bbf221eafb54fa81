"""综合查一次: one visit instead of several."""
