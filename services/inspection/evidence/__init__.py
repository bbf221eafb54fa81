"""证据: photos and signatures of a visit, kept for good under their hashes."""
