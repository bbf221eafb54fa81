"""Which partition a key belongs to, and which partitions a member of a group reads."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from events.model import PARTITIONS
from events.wire import Partition


def partition_of(key: bytes) -> int:
    return zlib.crc32(key) % PARTITIONS


def partitions_of(topics: Sequence[str]) -> list[Partition]:
    return [Partition(topic, number) for topic in sorted(topics) for number in range(PARTITIONS)]


def share(partitions: Sequence[Partition], rank: int, members: int) -> set[Partition]:
    """The part of member number `rank` of `members`."""
    return set(partitions[rank::members])
