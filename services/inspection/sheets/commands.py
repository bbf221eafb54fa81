"""批量拟单: each row becomes an order by the same command as an order drafted by hand, or is told why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection

from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, Text
from services.chassis.identity import Principal
from services.chassis.spreadsheets import Unreadable, open_table
from services.inspection.orders import commands as orders
from services.inspection.orders import locks
from services.inspection.orders.commands import Draft
from services.inspection.orders.commands.check import check
from services.inspection.replica.agencies import Agency, acting_for
from services.inspection.sheets import store
from services.inspection.sheets.known import read_known
from services.inspection.sheets.model import Fault, Row, Wish
from services.inspection.sheets.read import Sheet, read
from services.inspection.sheets.understand import understood, whole

LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes: five hundred rows are some hundred thousand, and a sheet is read whole in a process that others wait for."""
_FIELDS = {"enterprise_id": "uscc", "premises_id": "premises", "campaign_id": "campaign"}


@dataclass(frozen=True, kw_only=True)
class OrderSheet:
    """`mapping`: header → field, where it is not guessed. `dry_run`: nothing is stored."""

    path: Path
    mapping: Mapping[str, str]
    dry_run: bool


@dataclass(frozen=True, kw_only=True)
class Taken:
    sheet: Sheet
    rows: Sequence[Row]


def take(command: OrderSheet, uow: UnitOfWork, who: Principal) -> Taken:
    """Drafts every good row and says of each other what is wrong; a sheet that was taken before adds nothing.

    Raises Forbidden, Unreadable, Invalid for a mapping to fields that are none, TooManyRows: nothing is drafted then.
    """
    agency = acting_for(uow.connection, who)
    sheet = read(open_table(command.path, unpacked=LARGEST_UNPACKED), command.mapping)
    if sheet.missing and not command.dry_run:
        raise _incomplete(sheet)
    rows = understood(sheet, read_known(uow.connection, agency, sheet.lines))
    if not command.dry_run:
        _lock(uow.connection, rows)
    _refuse_ordered(uow.connection, agency, rows)
    for row, wish in _good(rows):
        try:
            if command.dry_run:
                row.findings = check(_draft(wish), uow.connection, who, None).findings
            else:
                done = orders.draft(_draft(wish), uow, who)
                row.order_id, row.findings = done.order.order_id, done.findings
        except Invalid as wrong:  # before anything of the row is written
            row.faults += _faults(row.line, wrong, sheet)
    return Taken(sheet=sheet, rows=rows)


def _good(rows: Sequence[Row]) -> list[tuple[Row, Wish]]:
    """By section of industry and year, the order in which the shares of the best graded are locked (rule F6): two
    sheets that met them the other way round would wait for each other for ever."""
    good = [(row, row.wish) for row in rows if row.wish and not row.faults]
    return sorted(good, key=lambda one: (one[1].section, one[1].starts_on.year))


def _lock(connection: Connection[Any], rows: Sequence[Row]) -> None:
    """All enterprises first, each in its turn: whoever sends the same sheet at the same time waits here, and then finds
    the orders that are there."""
    for enterprise_id in sorted({wish.enterprise_id for _, wish in _good(rows)}):
        locks.lock_enterprise(connection, enterprise_id)


def _refuse_ordered(connection: Connection[Any], agency: Agency, rows: Sequence[Row]) -> None:
    good = _good(rows)
    known = store.ordered_already(connection, agency.agency_id, [wish.visit for _, wish in good])
    for row, wish in good:
        if order_id := known.get(wish.visit):
            row.faults.append(whole(row.line, "ordered_already", order_id=order_id))


def _draft(wish: Wish) -> Draft:
    return Draft(
        enterprise_id=wish.enterprise_id,
        premises_id=wish.premises_id,
        items=tuple(wish.items),
        inspectors=tuple(wish.inspectors),
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        trigger=wish.trigger,
        clue=wish.clue,
        on_site_reason=wish.on_site_reason,
        considered=wish.considered,
        campaign_id=wish.campaign_id,
        assistance_letter=wish.assistance_letter,
    )


def _faults(line: int, wrong: Invalid, sheet: Sheet) -> list[Fault]:
    """What a draft by hand is told of a field, told of the column: `/items/0` of 检查事项."""
    return [_fault(line, error["pointer"], error["message"], sheet) for error in wrong.extra["errors"]]


def _fault(line: int, pointer: str, message: str, sheet: Sheet) -> Fault:
    field = pointer.split("/")[1]
    zh, _, en = message.partition(" / ")
    title = sheet.title(_FIELDS.get(field, field))
    value = sheet.cell(line, _FIELDS.get(field, field))
    return Fault(line=line, title=title, value=value, reason="unfit", zh=zh, en=en or zh)


def _incomplete(sheet: Sheet) -> Unreadable:
    absent = "、".join(sheet.title(field) for field in sheet.missing)
    found = "、".join(title for title in sheet.plan.header if title)[:300]
    return Unreadable(
        Text(
            f"缺少必需的列：{absent}；文件的列：{found}",
            f"required columns are missing: {', '.join(sheet.missing)}; there are: {found}",
        ),
        remedy=Text(
            "请改表头，或用 mapping 指定对应关系。", "Rename the header, or say which is which by a mapping."
        ),
        missing=list(sheet.missing),
    )
