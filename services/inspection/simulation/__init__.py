"""规则推演: a changed profile over past orders, before it is switched on (O4)."""
