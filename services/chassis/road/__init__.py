"""The road of events as an operator sees it: what waits, which loops turn, and what could not be applied."""
