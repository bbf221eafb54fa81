"""The four things that are imported."""

from __future__ import annotations

from services.registry.enterprises.contacts import Vault
from services.registry.imports.kind import Kind
from services.registry.imports.kinds import agencies, enterprises, inspectors, items

NAMES = ("enterprises", "agencies", "inspectors", "items")


def kind_of(name: str, vault: Vault) -> Kind:
    if name == "enterprises":
        return enterprises.kind(vault)
    return {"agencies": agencies.KIND, "inspectors": inspectors.KIND, "items": items.KIND}[name]
