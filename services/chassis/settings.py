"""All configuration of one process: read once, complaining at once of everything that is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from environs import Env

from services.chassis.names import SERVICES as SERVICES
from services.chassis.names import Service as Service

EventsRoad = Literal["kafka", "postgres", "memory"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`public_url` is what codes point at; `secrets_dir` holds the keys (see `secrets.py`);
    `sms` is `file:<path>` in the embedded city, `sms_url` a gateway; `pool_size` is database connections a process.
    Retention (ADR 60): `outbox_months` and `event_log_days` 0 keep for good."""

    service: Service
    database_url: str
    secrets_dir: Path
    public_url: str
    jwks_url: str
    events: EventsRoad = "postgres"
    kafka_bootstrap: str = ""
    kafka_replication: int = 1
    event_log_url: str = ""
    sms: str = ""
    sms_url: str = ""
    outbox_months: int = 0
    event_log_days: int = 0
    inbox_days: int = 30
    environment: str = "production"
    timezone: str = "Asia/Shanghai"
    log_level: str = "INFO"
    pool_size: int = 10
    rate_limits: bool = True
    max_body_bytes: int = 1024 * 1024
    max_import_bytes: int = 2 * 1024 * 1024 * 1024

    @classmethod
    def from_env(cls, service: Service) -> Settings:
        """Raises EnvValidationError naming every missing or malformed YICHA_* variable at once."""
        env = Env(eager=False, prefix="YICHA_")
        road = env.str("EVENTS", "postgres")
        settings = cls(
            service=service,
            database_url=env.str(f"{service.upper()}_DATABASE_URL"),
            secrets_dir=env.path("SECRETS_DIR"),
            public_url=env.str("PUBLIC_URL"),
            jwks_url=env.str("JWKS_URL"),
            events=road,  # pyright: ignore[reportArgumentType]  # checked by _check
            kafka_bootstrap=env.str("KAFKA_BOOTSTRAP", ""),
            kafka_replication=env.int("KAFKA_REPLICATION", 1),
            event_log_url=env.str("EVENT_LOG_URL", ""),
            sms=env.str("SMS", ""),
            sms_url=env.str("SMS_URL", ""),
            outbox_months=env.int("OUTBOX_MONTHS", 0),
            event_log_days=env.int("EVENT_LOG_DAYS", 0),
            inbox_days=env.int("INBOX_DAYS", 30),
            environment=env.str("ENVIRONMENT", "production"),
            timezone=env.str("TIMEZONE", "Asia/Shanghai"),
            log_level=env.str("LOG_LEVEL", "INFO"),
            pool_size=env.int("POOL_SIZE", 10),
            rate_limits=env.bool("RATE_LIMITS", True),
            max_body_bytes=env.int("MAX_BODY_BYTES", 1024 * 1024),
            max_import_bytes=env.int("MAX_IMPORT_BYTES", 2 * 1024 * 1024 * 1024),
        )
        env.seal()
        settings._check()
        return settings

    def _check(self) -> None:
        if self.events not in ("kafka", "postgres", "memory"):
            raise ValueError(f"YICHA_EVENTS is {self.events!r}; it must be kafka, postgres or memory")
        for name, value, least in (
            ("OUTBOX_MONTHS", self.outbox_months, 0),
            ("EVENT_LOG_DAYS", self.event_log_days, 0),
            ("INBOX_DAYS", self.inbox_days, 1),
        ):
            if value < least:
                raise ValueError(f"YICHA_{name} is {value}; it must be {least} or more")
        needed = {
            "kafka": ("KAFKA_BOOTSTRAP", self.kafka_bootstrap),
            "postgres": ("EVENT_LOG_URL", self.event_log_url),
        }
        name, value = needed.get(self.events, ("", "-"))
        if not value:
            raise ValueError(f"YICHA_{name} is missing: YICHA_EVENTS={self.events} needs it")
