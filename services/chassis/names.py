"""What the services are called, also in the database. Imports nothing: the smallest program may ask."""

from typing import Literal

Service = Literal["registry", "inspection", "feedback", "oversight"]
SERVICES: tuple[Service, ...] = ("registry", "inspection", "feedback", "oversight")
EVENT_LOG = "event_log"


def role_of(service: str) -> str:
    return "yicha_events" if service == EVENT_LOG else f"yicha_{service}"


AUDIT_ROLE = "yicha_audit"


def audit_schema_of(service: str) -> str:
    """Owned by AUDIT_ROLE: there the service may add and read, and nothing else."""
    return f"{service}_audit"
