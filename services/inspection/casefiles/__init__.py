"""案卷: all that is kept of one visit, in one archive that proves itself."""
