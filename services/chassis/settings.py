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
    `sms` is `file:<path>` in the embedded city; `pool_size` is database connections a process."""

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
        needed = {
            "kafka": ("KAFKA_BOOTSTRAP", self.kafka_bootstrap),
            "postgres": ("EVENT_LOG_URL", self.event_log_url),
        }
        name, value = needed.get(self.events, ("", "-"))
        if not value:
            raise ValueError(f"YICHA_{name} is missing: YICHA_EVENTS={self.events} needs it")
