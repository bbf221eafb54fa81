"""The tables that follow from events alone, and may be made again from them."""

PROJECTED = (
    "agency",
    "enterprise",
    "order_fact",
    "duplicate",
    "refusal",
    "rating",
    "rating_release",
    "complaint",
    "daily",
    "order_tally",
)
