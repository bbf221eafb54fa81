"""双随机: who is inspected, and by whom, is drawn by lot, and anyone can draw again and compare (docs/draws.md)."""
