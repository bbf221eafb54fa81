"""年度检查计划: what an agency means to check in a year, published before it starts checking (rule R5)."""
