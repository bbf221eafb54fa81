"""Settings of one service for a test, with secrets of its own."""

from pathlib import Path

from services.chassis import secrets
from services.chassis.settings import Service, Settings


def settings_for(service: Service, database, folder: Path, **changes) -> Settings:
    """`database` is what the fixture gives: `.url(service)` and `.event_log_url`."""
    secrets.ensure(folder / "secrets")
    given = {
        "service": service,
        "database_url": database.url(service),
        "event_log_url": database.event_log_url,
        "secrets_dir": folder / "secrets",
        "public_url": "http://yicha.test",
        "jwks_url": "http://127.0.0.1:9/jwks.json",
        "sms": f"file:{folder / 'sms.log'}",
        "rate_limits": False,
        "pool_size": 32,
        "environment": "test",
    }
    return Settings(**(given | changes))
