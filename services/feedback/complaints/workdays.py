"""Deadlines in working days: Monday to Friday. Public holidays and 调休 are not known here: a holiday
in between makes our deadline earlier than the law's, a make-up workday later. `NOTE` says so to users."""

from datetime import date, timedelta

from services.chassis.errors import Text

NOTE = Text(
    "期限按周一至周五计算，未计入法定节假日与调休。",
    "Counted Monday to Friday; public holidays and make-up workdays are not taken into account.",
)
_SATURDAY = 5


def add_workdays(start: date, days: int) -> date:
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day
