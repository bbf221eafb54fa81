"""规则参数: the policy profiles that ship, with their figures and where they hold."""
