"""备案审查: the coordinator looks at special and unplanned orders before they happen (rule A8)."""
