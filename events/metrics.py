"""Metrics of the road. Names are stable: dashboards and alerts read them."""

from prometheus_client import Counter, Gauge, Histogram

RELAY_ACTIVE = Gauge("yicha_relay_active", "1 where this process holds the relay's lock", ["service"])
RELAY_OLDEST = Gauge(
    "yicha_relay_oldest_unpublished_seconds", "Age of the oldest event not yet on the road", ["service"]
)
RELAY_BLOCKED = Gauge("yicha_relay_blocked_keys", "Keys whose next event the road refuses", ["service"])
RELAY_PUBLISHED = Counter("yicha_relay_published_total", "Events acknowledged by the road", ["service"])
RELAY_FAILURES = Counter("yicha_relay_failures_total", "Sends that were not acknowledged", ["service"])

CONSUMER_LAG = Gauge("yicha_consumer_lag", "Records waiting", ["consumer", "topic", "partition"])
CONSUMER_APPLIED = Counter("yicha_consumer_applied_total", "Events applied", ["consumer"])
CONSUMER_DROPPED = Counter("yicha_consumer_dropped_total", "Seen before, or an older version", ["consumer"])
CONSUMER_PARKED = Counter(
    "yicha_consumer_parked_total", "Events put to wait for a missing version", ["consumer"]
)
CONSUMER_RETRIES = Counter("yicha_consumer_retries_total", "Batches tried again", ["consumer"])
CONSUMER_STOPPED = Gauge("yicha_consumer_stopped", "1 after too many invalid events in a row", ["consumer"])
CONSUMER_DELAY = Histogram(
    "yicha_consumer_delay_seconds",
    "From the event to its effect",
    ["consumer"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 300),
)
DEAD_LETTERS = Counter("yicha_dead_letters_total", "Events put among the dead letters", ["consumer"])
