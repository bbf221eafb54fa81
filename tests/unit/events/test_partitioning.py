from events.model import PARTITIONS, Topic
from events.transports.partitioning import partition_of, partitions_of, share
from services.chassis.ids import new_id

ALL = partitions_of([Topic.INSPECTION, Topic.REGISTRY])


def test_members_share_everything_once():
    for members in range(1, 30):
        shares = [share(ALL, rank, members) for rank in range(members)]
        assert sorted(place for part in shares for place in part) == sorted(ALL)
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_keys_spread_over_all_partitions():
    assert {partition_of(str(new_id()).encode()) for _ in range(500)} == set(range(PARTITIONS))
