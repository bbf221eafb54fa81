"""A campaign's quota where no look of the gate asks for it: when a draft of it goes into a joint order unsubmitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.errors import Conflict, Text
from services.inspection.campaigns import store
from services.inspection.orders.model import Order, State


class QuotaUsed(Conflict):
    code = "quota_used"
    title = Text("专项名额已用完", "The campaign's quota is used up")
    remedy = Text(
        "请撤销本专项多余的检查单，或由批准机关追加名额后修订专项（A7）。",
        "Cancel an order of this campaign, or have the government add to it and revise the campaign (A7).",
    )


def hold_places(connection: Connection[DictRow], guests: Iterable[Order]) -> None:
    """Each draft among `guests` takes a place of its campaign from now on; the campaigns stay locked, in the order of
    their ids, until the end of the transaction. Raises QuotaUsed."""
    wanted = Counter(g.campaign_id for g in guests if g.campaign_id and g.state is State.DRAFTED)
    for campaign_id in sorted(wanted):
        campaign = store.lock(connection, campaign_id)
        used = store.used(connection, [campaign_id])[campaign_id]
        if used + wanted[campaign_id] > campaign.quota:
            raise QuotaUsed(
                Text(
                    f"“{campaign.name}”已用 {used} 户次，限额 {campaign.quota} 户次",
                    f"{campaign.name}: {used} of {campaign.quota} visits are used",
                ),
                used=used,
                quota=campaign.quota,
            )
