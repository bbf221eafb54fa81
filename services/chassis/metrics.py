"""Metrics of the services. Names are stable: dashboards read them."""

from prometheus_client import Counter, Histogram

REQUESTS = Histogram(
    "yicha_http_request_seconds",
    "Time to answer, by service, route and status",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
PROBLEMS = Counter("yicha_problems_total", "Problem documents sent, by code", ["service", "code"])
SMS = Counter("yicha_sms_total", "Messages: sent, failed (to be tried again), refused, expired", ["outcome"])
