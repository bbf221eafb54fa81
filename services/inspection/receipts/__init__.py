"""回执: what both sides keep of a visit, or of a refusal."""
