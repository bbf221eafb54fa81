"""The facts of an order as they were when it was issued: what `gate/reader.py` reads of today, out of an archive.

Orders, entries and conclusions are taken as of that moment. The registry, plans and campaigns are taken as they are
on record now, because nobody keeps what they were; so is the content of orders that were joined since.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from services.chassis.policy import Profile, city_day
from services.inspection.gate.facts import ALTERNATING, CLUED, Facts, Proposal, asked_for
from services.inspection.gate.past import (
    BestGraded,
    Checked,
    Count,
    LastVisit,
    Met,
    Neighbour,
    Past,
    System,
    Visits,
)
from services.inspection.gate.races import limits_best_graded
from services.inspection.gate.registered import Campaign, Registered
from services.inspection.simulation.archive import Archive, Desk, planned_of
from services.inspection.simulation.model import PastOrder, others

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Then:
    """One order at the moment it is judged."""

    order: PastOrder
    moment: datetime
    desk: Desk
    archive: Archive

    def facts(self, profile: Profile) -> Facts:
        proposal, registered = self.proposal, self.registered
        return Facts(
            proposal=proposal,
            profile=profile,
            today=city_day(profile, self.moment),
            registered=registered,
            counts=tuple(self._counts(profile)),
            neighbours=tuple(self._neighbours(profile)),
            past=self._past(profile),
        )

    @cached_property
    def proposal(self) -> Proposal:
        order = self.order
        return Proposal(
            order_id=order.order_id,
            agency_id=order.agency_id,
            agencies=order.agencies,
            enterprise_id=order.enterprise_id,
            premises_id=order.premises_id,
            items=tuple((item.item_id, item.agency_id) for item in order.items),
            inspectors=order.inspectors,
            trigger=order.trigger,
            starts_on=order.starts_on,
            ends_on=order.ends_on,
            revision=order.revision,
            campaign_id=order.campaign_id,
            draw_id=order.draw_id,
            on_site_reason=order.on_site_reason,
            considered=order.considered,
            assistance_letter=order.assistance_letter,
            approvers=frozenset(order.approvers),
            authors=frozenset({order.drafted_by, order.submitted_by or order.drafted_by}),
            brought=tuple((item.item_id, item.trigger) for item in order.items if item.trigger),
        )

    @cached_property
    def registered(self) -> Registered:
        order, desk = self.order, self.desk
        named = [desk.agencies[a] for a in order.agencies if a in desk.agencies]
        entrusters = [e for a in named if a.entrusted_by and (e := desk.agencies.get(a.entrusted_by))]
        items = [item.item_id for item in order.items]
        return Registered(
            agencies=tuple({agency.agency_id: agency for agency in (*named, *entrusters)}.values()),
            enterprise=self.archive.enterprises.get(order.enterprise_id),
            premises=self.archive.premises.get(order.premises_id),
            items=tuple(desk.items[item] for item in items if item in desk.items),
            inspectors=tuple(
                self.archive.inspectors[i] for i in order.inspectors if i in self.archive.inspectors
            ),
            campaign=self._campaign(),
            planned=planned_of(desk, order.agencies, order.starts_on.year, items),
            reviewed=order.reviewed,
        )

    def _campaign(self) -> Campaign | None:
        known = self.desk.campaigns.get(self.order.campaign_id) if self.order.campaign_id else None
        if known is None:
            return None
        places = self.desk.quotas.get(known.campaign_id, ())
        used = sum(began <= self.moment and order_id != self.order.order_id for order_id, began in places)
        return replace(known, used=used)

    @cached_property
    def _others(self) -> list[PastOrder]:
        known = self.archive.orders.get(self.order.enterprise_id, ())
        return [order for order in others(known, self.order) if order.standing(self.moment)]

    def _counts(self, profile: Profile) -> Iterator[Count]:
        year = self.order.starts_on.year
        of_year = [order for order in self._others if order.day(self.moment, profile.timezone).year == year]
        for agency_id, domain in asked_for(self.proposal, self.registered):
            mine = [o for o in of_year if o.triggers(agency_id, domain) - profile.uncounted_triggers]
            visited = sum(order.visited(self.moment) for order in mine)
            yield Count(
                agency_id=agency_id,
                domain=domain,
                visited=visited,
                planned=len(mine) - visited,
                clued=sum(bool(order.triggers(agency_id, domain) & CLUED) for order in mine),
            )

    def _neighbours(self, profile: Profile) -> Iterator[Neighbour]:
        near, today = timedelta(profile.join_days), city_day(profile, self.moment)
        for other in self._others:
            close = other.starts_on <= self.order.ends_on + near
            if close and other.open(self.moment) and other.ends_on >= max(self.order.starts_on - near, today):
                yield self._neighbour(other)

    def _neighbour(self, other: PastOrder) -> Neighbour:
        agencies = [self.desk.agencies[a] for a in other.agencies if a in self.desk.agencies]
        section = self.registered.section
        acting = [self.desk.agencies.get(a.entrusted_by or a.agency_id) for a in agencies]
        lead = self.desk.agencies.get(other.agency_id)
        items = [self.desk.items[i.item_id] for i in other.items if i.item_id in self.desk.items]
        pair = min(other.order_id, self.order.order_id), max(other.order_id, self.order.order_id)
        return Neighbour(
            order_id=other.order_id,
            agency_id=other.agency_id,
            agency_name=lead.name if lead else "",
            agencies=other.agencies,
            premises_id=other.premises_id,
            revision=other.revision,
            state=other.state(self.moment),
            starts_on=other.starts_on,
            ends_on=other.ends_on,
            items=tuple(item.name for item in sorted(items, key=lambda item: item.code)),
            industry_lead=next((a.name for a in agencies if section in a.lead_industries), None),
            reason=self.archive.reasons.get(pair),
            systems=tuple(System(level=a.level, domain=a.domain) for a in acting if a),
        )

    def _past(self, profile: Profile) -> Past:
        return Past(
            visits=tuple(self._visits(profile)),
            met=tuple(self._met(profile)),
            last=tuple(self._last(profile)),
            checked=tuple(self._checked(profile)),
            blackouts=tuple(
                b
                for b in self.archive.blackouts.get(self.order.enterprise_id, ())
                if b.starts_on <= self.order.ends_on and b.ends_on >= self.order.starts_on
            ),
            best_graded=self._best_graded(profile),
        )

    def _visits(self, profile: Profile) -> Iterator[Visits]:
        """Rule F3: of the whole weeks and months around the window."""
        if not any((profile.visits_per_day, profile.visits_per_week, profile.visits_per_month)):
            return
        first, last = _whole_months(self.order, city_day(profile, self.moment))
        found = Counter[tuple[date, date]]()
        for order in self._others:
            day = order.day(self.moment, profile.timezone)
            until = day if order.visited(self.moment) else order.ends_on
            if first <= day and until <= last:
                found[day, until] += 1
        for (day, until), count in found.items():
            yield Visits(first=day, last=until, count=count)

    def _met(self, profile: Profile) -> Iterator[Met]:
        """Rule F4."""
        since = self.order.starts_on - YEAR
        for inspector_id in self.order.inspectors if profile.zero_finding_streak else ():
            there = self._latest(
                [
                    o
                    for o in self._others
                    if inspector_id in o.inspectors and self._concluded_after(o, since, profile)
                ],
                profile,
            )
            for order in there[: profile.zero_finding_streak]:
                assert order.result is not None
                yield Met(
                    inspector_id=inspector_id,
                    order_id=order.order_id,
                    day=order.day(self.moment, profile.timezone),
                    result=order.result,
                )

    def _concluded_after(self, order: PastOrder, since: date, profile: Profile) -> bool:
        after = order.day(self.moment, profile.timezone) > since
        return after and order.concluded(self.moment) and order.result is not None

    def _latest(self, orders: Sequence[PastOrder], profile: Profile) -> list[PastOrder]:
        key = {o.order_id: (o.day(self.moment, profile.timezone), o.order_id) for o in orders}
        return sorted(orders, key=lambda order: key[order.order_id], reverse=True)

    def _last(self, profile: Profile) -> Iterator[LastVisit]:
        """Rule F9."""
        if self.order.trigger not in ALTERNATING:
            return
        made = [order for order in self._others if order.visited(self.moment)]
        made.sort(key=lambda order: (order.starts_on, order.order_id), reverse=True)
        for agency_id, domain in asked_for(self.proposal, self.registered):
            own = (o for o in made if o.triggers(agency_id, domain) & ALTERNATING)
            for order in list(own)[:1]:
                yield LastVisit(
                    agency_id=agency_id,
                    order_id=order.order_id,
                    day=order.day(self.moment, profile.timezone),
                    inspectors=tuple(sorted(set(order.inspectors) & set(self.order.inspectors))),
                )

    def _checked(self, profile: Profile) -> Iterator[Checked]:
        """Rule F7."""
        for item in self.registered.items:
            if not item.min_interval_days:
                continue
            since = self.order.starts_on - timedelta(item.min_interval_days)
            there = [
                o
                for o in self._others
                if o.premises_id == self.order.premises_id
                and self._concluded_after(o, since, profile)
                and any(i.item_id == item.item_id for i in o.items)
            ]
            for order in self._latest(there, profile)[:1]:
                passed = next(i.passed for i in order.items if i.item_id == item.item_id)
                yield Checked(
                    item_id=item.item_id,
                    order_id=order.order_id,
                    day=order.day(self.moment, profile.timezone),
                    passed=order.result == "no_problem" or bool(passed),
                )

    def _best_graded(self, profile: Profile) -> BestGraded:
        """Rule F6."""
        registered = self.registered
        if not limits_best_graded(self.proposal, registered, profile):
            return BestGraded()
        lead = self.desk.agencies.get(self.order.agency_id)
        area, section, year = lead.area if lead else "", registered.section, self.order.starts_on.year
        inspected: set[UUID] = {
            g.enterprise_id
            for g in self.desk.graded
            if (g.section, g.year) == (section, year)
            and g.area_code.startswith(area)
            and g.began_at <= self.moment
        }
        return BestGraded(
            enterprises=sum(n for s, code, n in self.desk.best if s == section and code.startswith(area)),
            inspected=len(inspected - {self.order.enterprise_id}),
        )


def _whole_months(order: PastOrder, today: date) -> tuple[date, date]:
    """And the whole weeks at their ends."""
    first, last = max(today, order.starts_on), max(today, order.ends_on)
    month_ends = last.replace(day=monthrange(last.year, last.month)[1])
    return (
        min(first.replace(day=1), first - timedelta(first.weekday())),
        max(month_ends, last + timedelta(6 - last.weekday())),
    )
