"""拒绝: the enterprise uses its right to refuse (rule E4)."""
