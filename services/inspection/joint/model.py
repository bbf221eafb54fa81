"""What comes of two orders that become one visit. No I/O."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from services.inspection.orders.model import Approval, Content, Order

Side = tuple[Order, Content]


def united(host: Content, guest: Content, approvals: tuple[Approval, ...]) -> Content:
    """Every item keeps its agency, every agency its inspectors; the host's agency leads. An item on both is
    checked once, as the host's."""
    mine = set(host.item_ids)
    people = set(host.inspector_ids)
    return Content(
        items=(*host.items, *(item for item in guest.items if item.item_id not in mine)),
        inspectors=(*host.inspectors, *(i for i in guest.inspectors if i.inspector_id not in people)),
        agencies=(*host.agencies, *(agency for agency in guest.agencies if agency not in host.agencies)),
        approvals=approvals,
    )


def standing_approvals(host: Side, guest: Side) -> Iterator[tuple[Approval, UUID]]:
    """Approvals that still hold for the joint visit, with the order each was given for.

    A head's word holds if it covers all that their agency brings, from either order, on every day of the
    host's window: on the guest's side it must have been given for a window that contains it.
    """
    order = host[0]
    for agency in dict.fromkeys((*host[1].agencies, *guest[1].agencies)):
        words = [_word(side, agency) for side in (host, guest) if agency in side[1].agencies]
        if all(word and word[0].covers(order) for word in words):
            yield next(word for word in words if word)


def _word(side: Side, agency: UUID) -> tuple[Approval, UUID] | None:
    order, content = side
    given = next((a for a in content.approvals if a.agency_id == agency), None)
    return (given, order.order_id) if given else None
