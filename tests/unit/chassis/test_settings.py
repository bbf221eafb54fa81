import pytest
from environs import EnvValidationError

from services.chassis.settings import Settings

NEEDED = ("INSPECTION_DATABASE_URL", "SECRETS_DIR", "PUBLIC_URL", "JWKS_URL")


@pytest.fixture(autouse=True)
def complete(monkeypatch):
    for name in NEEDED:
        monkeypatch.setenv(f"YICHA_{name}", "given")
    monkeypatch.setenv("YICHA_EVENT_LOG_URL", "given")


def test_everything_missing_is_named_at_once(monkeypatch):
    for name in NEEDED:
        monkeypatch.delenv(f"YICHA_{name}")
    with pytest.raises(EnvValidationError) as error:
        Settings.from_env("inspection")
    assert set(error.value.error_messages) == {f"YICHA_{name}" for name in NEEDED}


def test_kafka_without_an_address_does_not_start(monkeypatch):
    monkeypatch.setenv("YICHA_EVENTS", "kafka")
    with pytest.raises(ValueError, match="YICHA_KAFKA_BOOTSTRAP"):
        Settings.from_env("inspection")


def test_an_unknown_road_is_refused(monkeypatch):
    monkeypatch.setenv("YICHA_EVENTS", "pigeon")
    with pytest.raises(ValueError, match="pigeon"):
        Settings.from_env("inspection")
