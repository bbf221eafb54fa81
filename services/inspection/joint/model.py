"""What comes of orders that become one visit, and what of one that leaves it again. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.inspection.orders.model import Approval, Content, Order, OrderInspector, OrderItem

Side = tuple[Order, Content]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What the joint visit becomes where the agencies agreed on something else than the host's own."""

    lead_agency_id: UUID
    starts_on: date
    ends_on: date
    inspectors: frozenset[UUID]


def shaped(host: Order, shape: Shape | None) -> Order:
    if shape is None:
        return host
    return replace(host, agency_id=shape.lead_agency_id, starts_on=shape.starts_on, ends_on=shape.ends_on)


def brought(side: Side) -> Content:
    """What an order brings to a joint visit: each item under its own trigger, by which it counts for its agency."""
    order, content = side
    items = tuple(replace(item, trigger=item.trigger or order.trigger) for item in content.items)
    return replace(content, items=items)


def united(host: Content, *guests: Content, approvals: tuple[Approval, ...] = ()) -> Content:
    """Every item keeps its agency, every agency its inspectors; the host's agency leads. An item on several is
    checked once, as the first's."""
    sides = (host, *guests)
    items = {item.item_id: item for side in reversed(sides) for item in side.items}
    people = {person.inspector_id: person for side in reversed(sides) for person in side.inspectors}
    return Content(
        items=tuple(items[item] for item in dict.fromkeys(i for side in sides for i in side.item_ids)),
        inspectors=tuple(people[p] for p in dict.fromkeys(i for side in sides for i in side.inspector_ids)),
        agencies=tuple(dict.fromkeys(agency for side in sides for agency in side.agencies)),
        approvals=approvals,
    )


def reshaped(content: Content, shape: Shape | None) -> Content:
    """The lead first; only the inspectors that were agreed on."""
    if shape is None:
        return content
    others = (agency for agency in content.agencies if agency != shape.lead_agency_id)
    return replace(
        content,
        inspectors=tuple(i for i in content.inspectors if i.inspector_id in shape.inspectors),
        agencies=(shape.lead_agency_id, *others),
    )


def standing_approvals(host: Side, *guests: Side) -> Iterator[tuple[Approval, UUID]]:
    """Approvals that still hold for the joint visit, with the order each was given for.

    A head's word holds if it covers all that their agency brings, from every order, on every day of the
    host's window: on a guest's side it must have been given for a window that contains it.
    """
    sides = (host, *guests)
    for agency in dict.fromkeys(agency for _, content in sides for agency in content.agencies):
        words = [_word(side, agency) for side in sides if agency in side[1].agencies]
        if all(word and word[0].covers(host[0]) for word in words):
            yield next(word for word in words if word)


def _word(side: Side, agency: UUID) -> tuple[Approval, UUID] | None:
    order, content = side
    given = next((a for a in content.approvals if a.agency_id == agency), None)
    return (given, order.order_id) if given else None


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A joint order as it is, what it was by itself, and its guests: the one that leaves and those that stay."""

    joint: Content
    own: Content
    leaving: Content
    staying: Sequence[Content]

    @property
    def remaining(self) -> Content:
        """What the joint order still covers. Rows that someone else brought too stay, as theirs; what the lead
        added to the joint draft itself stays with the lead."""
        kept = united(self.own, *self.staying)
        agencies = kept.agencies
        return Content(
            items=tuple(self._items(kept, frozenset(agencies))),
            inspectors=tuple(self._inspectors(kept, frozenset(agencies))),
            agencies=agencies,
            approvals=(),
        )

    def _items(self, kept: Content, agencies: frozenset[UUID]) -> Iterator[OrderItem]:
        """An item that several brought stays whose it is, if theirs is among those that remain."""
        gone = {(item.item_id, item.agency_id) for item in self.leaving.items}
        sides = reversed((self.own, *self.staying))
        still = {(i.item_id, i.agency_id): i.trigger for side in sides for i in side.items}
        heirs = {item.item_id: item for item in kept.items}
        for item in self.joint.items:
            named = (item.item_id, item.agency_id)
            if named in still:
                yield replace(item, trigger=still[named])
            elif item.agency_id in agencies and named not in gone:
                yield item
            elif heir := heirs.get(item.item_id):
                yield replace(item, agency_id=heir.agency_id, trigger=heir.trigger)

    def _inspectors(self, kept: Content, agencies: frozenset[UUID]) -> Iterator[OrderInspector]:
        gone, known = set(self.leaving.inspector_ids), set(kept.inspector_ids)
        brought = {person.agency_id for person in kept.inspectors} | agencies
        for person in self.joint.inspectors:
            if person.inspector_id in known or (
                person.inspector_id not in gone and person.agency_id in brought
            ):
                yield person


def with_inspectors_of(content: Content, own: Content) -> Content:
    back = (i for i in own.inspectors if i.inspector_id not in content.inspector_ids)
    return replace(content, inspectors=(*content.inspectors, *back))


def unchanged_approvals(before: Content, after: Content) -> tuple[Approval, ...]:
    """The word of each agency that is still on the order and has nothing on it that its head did not see."""
    return tuple(
        approval
        for approval in before.approvals
        if approval.agency_id in after.agencies and _nothing_added(before, after, approval.agency_id)
    )


def _nothing_added(before: Content, after: Content, agency: UUID) -> bool:
    items = {i.item_id for i in after.items if i.agency_id == agency}
    people = {i.inspector_id for i in after.inspectors if i.agency_id == agency}
    return items <= {i.item_id for i in before.items if i.agency_id == agency} and people <= set(
        before.inspector_ids
    )
