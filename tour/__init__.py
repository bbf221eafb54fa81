"""The main job, played as its users would play it: over HTTP alone, each step checked."""

from tour.cli import tour

__all__ = ["tour"]
