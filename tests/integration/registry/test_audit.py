"""What an auditor reads, and what nobody can take back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner

from events import dead_letters
from services.chassis import clock
from services.chassis.audit import Tag
from services.chassis.identity import Role
from tests.builders.registry import PHONE, a_csv, a_principal, an_enterprise_form, an_export_row

AUDITOR = a_principal(Role.AUDITOR)
SECURITY = a_principal(Role.SECURITY_ADMIN)
REGISTRAR = a_principal(Role.REGISTRAR)
PASSWORD = "correct horse battery"


def acts(registry, **query):
    answer = registry.call("GET", "/audit", AUDITOR, query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def an_account(registry, **changes):
    form = {"username": "desk", "name": "窗口", "roles": ["registrar"], "password": PASSWORD} | changes
    return registry.call("POST", "/accounts", SECURITY, json=form).json["account_id"]


def test_an_account_leaves_who_made_it_with_which_roles(registry):
    account = an_account(registry)
    written = acts(registry, subject=f"account/{account}")
    assert [act["tag"] for act in reversed(written)] == [
        Tag.ACCOUNT_REGISTERED,
        Tag.ROLES_GRANTED,
        Tag.PASSWORD_SET,
    ]
    assert {act["account_id"] for act in written} == {str(SECURITY.account_id)}
    assert {act["origin"] for act in written} == {"127.0.0.1"}
    (granted,) = acts(registry, tag=Tag.ROLES_GRANTED)
    assert granted["details"] == {"roles": ["registrar"], "before": []}


def test_a_change_names_fields_and_roles_but_nothing_of_the_person(registry):
    account = an_account(registry)
    form = {"username": "desk.two", "name": "新窗口", "roles": ["coordinator"]}
    registry.call("PUT", f"/accounts/{account}", SECURITY, version=1, json=form)
    granted, changed = acts(registry, subject=f"account/{account}")[:2]
    assert granted["details"] == {"roles": ["coordinator"], "before": ["registrar"]}
    assert set(changed["details"]["fields"]) == {"username", "name", "roles"}
    assert "窗口" not in str(acts(registry))


def test_a_change_that_was_refused_leaves_nothing(registry):
    account = an_account(registry)
    before = len(acts(registry))
    form = {"username": "desk", "name": "窗口", "roles": ["coordinator"]}
    assert registry.call("PUT", f"/accounts/{account}", SECURITY, version=9, json=form).status_code == 412
    assert registry.call("POST", "/accounts", SECURITY, json=form | {"password": PASSWORD}).status_code == 409
    assert len(acts(registry)) == before


def test_refused_logins_are_counted_without_what_was_typed(registry):
    account = an_account(registry)
    for username in ("desk", "desk", PASSWORD):
        registry.call("POST", "/sessions", json={"username": username, "password": "a wrong password"})
    refused = acts(registry, tag=Tag.LOGIN_REFUSED)
    assert [act["subject"] for act in refused] == ["account/unknown"] + [f"account/{account}"] * 2
    assert "wrong" not in str(refused)
    assert PASSWORD not in str(refused)


def test_who_read_a_contact_is_written_before_it_is_shown(registry):
    enterprise = registry.call("POST", "/enterprises", REGISTRAR, json=an_enterprise_form()).json
    path = f"/enterprises/{enterprise['enterprise_id']}/contact"
    answer = registry.call("GET", path, REGISTRAR)
    assert answer.json == {"phone": PHONE}
    (read,) = acts(registry, tag=Tag.CONTACT_READ)
    assert read["subject"] == f"enterprise/{enterprise['enterprise_id']}"
    assert read["account_id"] == str(REGISTRAR.account_id)
    assert read["correlation_id"] == answer.headers["X-Correlation-ID"]
    assert PHONE not in str(read)


def test_an_import_says_who_started_it(registry):
    done = registry.imported(a_csv([an_export_row(1)]))
    (started,) = acts(registry, tag=Tag.IMPORT_STARTED)
    assert started["subject"] == f"import/{done['import_id']}"
    assert started["details"]["kind"] == "enterprises"


def test_the_list_is_paged_and_filtered_by_account_and_time(registry):
    an_account(registry)
    mine = acts(registry, account_id=SECURITY.account_id)
    first = registry.call("GET", "/audit", AUDITOR, query_string={"limit": 2}).json
    rest = registry.call("GET", "/audit", AUDITOR, query_string={"limit": 2, "after": first["next"]}).json
    assert first["items"] + rest["items"] == mine
    assert rest["next"] is None
    hour = timedelta(hours=1)
    assert acts(registry, since=(clock.now() + hour).isoformat()) == []
    assert len(acts(registry, since=(clock.now() - hour).isoformat(), until=(clock.now() + hour).isoformat()))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_only_auditors_read_it(registry, role):
    assert registry.call("GET", "/audit", a_principal(role)).status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET details = '{}'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DROP TABLE audit",
        "ALTER TABLE audit ADD COLUMN note text",
        "GRANT DELETE ON audit TO yicha_registry; DELETE FROM audit",
        "SET ROLE yicha_audit",
        "INSERT INTO audit (at, tag, subject, correlation_id, origin) VALUES ('2020-01-01', '', '', '', '')",
        "INSERT INTO audit (position, tag, subject, correlation_id, origin) OVERRIDING SYSTEM VALUE"
        " VALUES (1, '', '', '', '')",
        "CREATE TABLE registry_audit.other ()",
    ],
)
def test_the_service_itself_can_only_add(registry, database, statement):
    an_account(registry)
    before = acts(registry)
    with (
        psycopg.connect(database.url("registry"), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)
    assert acts(registry) == before


def test_a_service_reads_no_audit_of_another(database):
    with (
        psycopg.connect(database.url("feedback"), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT 1 FROM registry_audit.audit")


def environment(registry):
    settings = registry.app.extensions["yicha.settings"]
    return {
        "YICHA_REGISTRY_DATABASE_URL": settings.database_url,
        "YICHA_EVENT_LOG_URL": settings.event_log_url,
        "YICHA_SECRETS_DIR": str(settings.secrets_dir),
        "YICHA_PUBLIC_URL": settings.public_url,
        "YICHA_JWKS_URL": settings.jwks_url,
    }


def commanded(registry, *arguments):
    from yicha_cli.__main__ import main

    answer = CliRunner().invoke(main, arguments, env=environment(registry), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output


def test_a_new_key_is_published_at_once_and_the_audit_knows_its_number(registry):
    old = registry.office.bearer(AUDITOR)
    commanded(registry, "rotate", "token-keys")
    (rotated,) = acts(registry, tag=Tag.KEY_ROTATED)
    assert (rotated["subject"], rotated["account_id"]) == ("key/token-keys", None)
    assert rotated["origin"].startswith("command on ")
    numbers = [key["kid"] for key in registry.client.get("/api/registry/v1/jwks.json").json["keys"]]
    assert numbers[-1] == f"token-{rotated['details']['number']:04d}"
    assert len(numbers) == 2
    assert registry.client.get("/api/registry/v1/audit", headers=old).status_code == 200


def test_a_key_of_which_the_audit_cannot_know_is_not_made(registry, database):
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute("REVOKE INSERT ON registry_audit.audit FROM yicha_registry")
        admin.execute("REVOKE ALL (tag) ON registry_audit.audit FROM yicha_registry")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        commanded(registry, "rotate", "token-keys")
    assert len(registry.client.get("/api/registry/v1/jwks.json").json["keys"]) == 1


def test_letters_applied_again_are_written_down_once_somebody_really_asks(registry):
    letter = UUID("01936a4e-0000-7000-8000-00000000000a")
    with registry.pool.connection() as connection:
        connection.execute(
            """
            INSERT INTO dead_letters (id, consumer, topic, partition, "offset", headers, value, error, attempts)
            VALUES (%s, 'registry.results', 'yicha.inspection', 0, 0, '{}', '', 'a bug', 1)
            """,
            (letter,),
        )
    commanded(registry, "events", "dead-letters", "redrive", "--service", "registry", "--dry-run")
    assert acts(registry, tag=Tag.DEAD_LETTERS_REDRIVEN) == []
    commanded(registry, "events", "dead-letters", "redrive", "--service", "registry")
    (redriven,) = acts(registry, tag=Tag.DEAD_LETTERS_REDRIVEN)
    assert redriven["subject"] == "consumer/registry.results"
    assert redriven["details"] == {"letters": [str(letter)]}
    with registry.pool.connection() as connection:
        assert dead_letters.get(connection, letter).state == "requested"
