"""Who did what: written in the transaction that does it, and never changed afterwards."""

from services.chassis.audit.act import Act, Tag
from services.chassis.audit.store import write

__all__ = ["Act", "Tag", "write"]
