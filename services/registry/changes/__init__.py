"""变更记录: who registered and changed what, told from the audit to those who register."""
