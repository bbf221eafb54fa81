"""Deadlines in working days, with the public holidays and make-up workdays 调休 that the State Council has
published. It does so a year at a time: beyond, Monday to Friday are counted, and the answer says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from services.chassis.errors import Text

BY_CALENDAR = Text(
    "期限按国务院公布的节假日与调休安排计算。",
    "Counted by the published public holidays and make-up workdays.",
)
BY_WEEK = Text(
    "期限涉及尚未公布放假安排的日期，这些日期按周一至周五计算，未计入法定节假日与调休。",
    "Some of its days lie beyond the published holidays: of those, Monday to Friday are counted.",
)
_SATURDAY = 5


@dataclass(frozen=True)
class Deadline:
    """`by_calendar`: the holidays of all its days were known."""

    due_on: date
    by_calendar: bool


def deadline(start: date, days: int) -> Deadline:
    """`days` working days after `start`, which does not count itself."""
    day, by_calendar = start, True
    while days > 0:
        day += timedelta(days=1)
        try:
            days -= chinese_calendar.is_workday(day)
        except NotImplementedError:
            by_calendar = False
            days -= day.weekday() < _SATURDAY
    return Deadline(day, by_calendar)


def note(by_calendar: bool) -> Text:
    return BY_CALENDAR if by_calendar else BY_WEEK
