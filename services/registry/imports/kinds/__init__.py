"""The four things that are imported."""

from __future__ import annotations

from services.registry.enterprises.contacts import Vault
from services.registry.imports.kind import Kind
from services.registry.imports.kinds import agencies, enterprises, inspectors, items

NAMES = ("enterprises", "agencies", "inspectors", "items")


def kind_of(name: str, vault: Vault, *, own: bool = False) -> Kind:
    """`own`: as an agency imports its own people."""
    if name == "enterprises":
        return enterprises.kind(vault)
    people = inspectors.OWN if own else inspectors.KIND
    return {"agencies": agencies.KIND, "inspectors": people, "items": items.KIND}[name]
