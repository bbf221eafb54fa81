"""The embedded stack: everything of Yicha on one machine, with nothing installed but Python."""
