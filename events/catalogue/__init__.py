"""Every event of the platform. Importing this package fills `events.model.CATALOGUE`."""

from events.catalogue import feedback, inspection, planning, registry

__all__ = ["feedback", "inspection", "planning", "registry"]
