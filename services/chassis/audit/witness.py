"""What is mended by hand on the road of events, in the audit of the service it was mended for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.dead_letters import DeadLetter
from services.chassis.audit.act import Act, Tag
from services.chassis.audit.store import write


def redriven(
    connection: Connection[Any], letters: Sequence[DeadLetter], account_id: UUID | None = None
) -> None:
    """One act for each group. It fits `events.dead_letters.Witness`; None is a command on the machine."""
    by_group: dict[str, list[str]] = defaultdict(list)
    for letter in letters:
        by_group[letter.consumer].append(str(letter.id))
    for group, ids in by_group.items():
        write(
            connection,
            Act(
                tag=Tag.DEAD_LETTERS_REDRIVEN,
                subject=f"consumer/{group}",
                account_id=account_id,
                details={"letters": ids},
            ),
        )
