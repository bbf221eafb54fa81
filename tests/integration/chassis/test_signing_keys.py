"""A new signing key over HTTP: it is published, then signs; the older ones go on verifying, the audit knows."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine

from services.chassis.identity import Role
from services.chassis.keys import ripe, rotation
from services.chassis.secrets import TOKEN_KEYS
from tests.builders.registry import a_principal, a_registry

SECURITY = a_principal(Role.SECURITY_ADMIN)


@pytest.fixture
def registry(database, tmp_path):
    with a_registry(database, tmp_path) as registry:
        yield registry


def test_a_new_key_is_published_then_signs_and_the_old_one_stays(registry):
    before = registry.call("GET", "/signing-keys", SECURITY).json
    after = registry.call("POST", "/signing-keys", SECURITY)
    assert after.status_code == 201, after.json
    newest, *older = after.json["items"]
    assert [key["signs"] for key in after.json["items"]] == [False, True]
    waits = datetime.fromisoformat(newest["signs_from"]) - datetime.fromisoformat(newest["made_at"])
    assert (waits, older[0]["signs_from"]) == (ripe.TOKENS_AFTER, None)
    with time_machine.travel(datetime.fromisoformat(newest["signs_from"])):
        ripened = rotation.listed(registry.app.extensions["yicha.settings"].secrets_dir / TOKEN_KEYS)
    assert [(key.signs, key.signs_from) for key in ripened] == [(True, None), (False, None)]
    assert [key["number"] for key in older] == [key["number"] for key in before["items"]]
    published = registry.client.get("/api/registry/v1/jwks.json").json["keys"]
    assert f"token-{newest['number']:04d}" in {key["kid"] for key in published}
    with registry.pool.connection() as connection:
        act = connection.execute("SELECT * FROM audit WHERE tag = 'key.rotated'").fetchone()
    assert (act["subject"], act["account_id"]) == ("key/token-keys", SECURITY.account_id)


def test_where_keys_cannot_be_written_it_says_where_to_go(registry, monkeypatch):
    def refused(folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(rotation, "generate_key", refused)
    answer = registry.call("POST", "/signing-keys", SECURITY)
    assert (answer.status_code, answer.json["code"]) == (503, "keys_not_writable")
    assert "yicha rotate" in answer.json["remedy"]


def test_a_system_administrator_rotates_nothing(registry):
    assert registry.call("POST", "/signing-keys", a_principal(Role.SYSTEM_ADMIN)).status_code == 403
