"""Reading what offices send: CSV in either encoding, and spreadsheets."""

from __future__ import annotations

from pathlib import Path

from services.chassis.spreadsheets.csv import CsvFile
from services.chassis.spreadsheets.record import Mark, Record, Table, Unreadable, misshapen
from services.chassis.spreadsheets.sheet import SheetFile, is_sheet, refuse_markup

__all__ = ["Mark", "Record", "Table", "Unreadable", "misshapen", "open_table"]


def open_table(path: Path, *, unpacked: int | None = None) -> Table:
    """Told by content, not by name. `unpacked`: the most bytes a spreadsheet may hold, a gigabyte unless told otherwise.
    Raises Unreadable with what to do about it."""
    if is_sheet(path):
        return SheetFile(path, unpacked)
    refuse_markup(path)
    return CsvFile(path)
