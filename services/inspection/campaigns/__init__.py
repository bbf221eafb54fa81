"""专项检查: a special campaign with its approval, its filing and its quota (rule A7)."""
