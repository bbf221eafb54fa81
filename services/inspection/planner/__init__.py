"""综合查一次: the fewest visits that serve the open orders of an area, with the proof."""
