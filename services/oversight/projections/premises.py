"""Premises by their place on the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from events.catalogue.registry import EnterpriseChanged


@dataclass(frozen=True, kw_only=True)
class Premises:
    """`version` is the enterprise's. `cell` is area code and grid, `320581/海虞-07`; a grid's name is unique in its area
    alone. The position is in millionths of a degree."""

    premises_id: UUID
    version: int
    enterprise_id: UUID
    cell: str
    active: bool
    latitude: int | None
    longitude: int | None


def premises_of(event: EnterpriseChanged) -> Iterator[Premises]:
    for place in event.premises:
        located = place.latitude is not None and place.longitude is not None
        yield Premises(
            premises_id=place.premises_id,
            version=event.version,
            enterprise_id=event.enterprise_id,
            cell=f"{place.area_code}/{place.grid}",
            active=event.active and place.active,
            latitude=_millionths(place.latitude) if located else None,
            longitude=_millionths(place.longitude) if located else None,
        )


def _millionths(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * 1_000_000)
