import threading
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import orjson
import pytest
import time_machine

from services.chassis.clock import now
from services.chassis.errors import Unauthenticated, Unavailable
from services.chassis.identity import Principal, Role
from services.chassis.identity.tokens import Issuer, Verifier, generate_key
from services.chassis.identity.verified import Verified
from services.chassis.ids import new_id
from services.chassis.keys import ripe

ENTERPRISE = Principal(
    account_id=new_id(), name="企业", roles=frozenset({Role.ENTERPRISE}), enterprise_id=new_id()
)


@pytest.fixture
def issuer(tmp_path) -> Issuer:
    generate_key(tmp_path)
    return Issuer(tmp_path)


@pytest.fixture
def jwks_url(issuer) -> Iterator[str]:
    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(orjson.dumps(issuer.jwks()))

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Keys)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_token_brings_back_who_it_was_issued_to(issuer, jwks_url):
    assert Verifier(jwks_url).verify(issuer.issue(ENTERPRISE, 60)) == ENTERPRISE


def test_an_expired_token_is_refused_as_expired(issuer, jwks_url):
    token = issuer.issue(ENTERPRISE, 60)
    with time_machine.travel(now() + timedelta(minutes=2)), pytest.raises(Unauthenticated, match="expired"):
        Verifier(jwks_url).verify(token)


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-6], lambda t: t[:-6] + "AAAAAA", lambda t: "x.y.z", lambda t: t + "a"]
)
def test_a_spoiled_token_is_refused(issuer, jwks_url, spoil):
    with pytest.raises(Unauthenticated):
        Verifier(jwks_url).verify(spoil(issuer.issue(ENTERPRISE, 60)))


def test_a_token_of_another_office_is_refused(issuer, jwks_url, tmp_path):
    generate_key(tmp_path / "elsewhere")
    with pytest.raises(Unauthenticated):
        Verifier(jwks_url).verify(Issuer(tmp_path / "elsewhere").issue(ENTERPRISE, 60))


def test_a_rotated_key_is_published_at_once_and_signs_when_every_verifier_can_know_it(
    issuer, jwks_url, tmp_path
):
    verifier, elsewhere = Verifier(jwks_url), Verifier(jwks_url)
    old = issuer.issue(ENTERPRISE, 3600)
    assert verifier.verify(old) == ENTERPRISE  # it has just fetched, and does not look again so soon
    generate_key(tmp_path)
    made = now()
    assert [key["kid"] for key in issuer.jwks()["keys"]] == ["token-0001", "token-0002"]
    with time_machine.travel(made + ripe.TOKENS_AFTER - timedelta(seconds=1)):
        assert signer(issuer.issue(ENTERPRISE, 60)) == "token-0001"
        assert verifier.verify(issuer.issue(ENTERPRISE, 60)) == ENTERPRISE
    with time_machine.travel(made + ripe.TOKENS_AFTER + timedelta(seconds=1)):
        fresh = issuer.issue(ENTERPRISE, 60)
        assert signer(fresh) == "token-0002"
        later(verifier, ripe.TOKENS_AFTER)
        assert verifier.verify(fresh) == ENTERPRISE
        assert elsewhere.verify(fresh) == ENTERPRISE
        assert verifier.verify(old) == ENTERPRISE


def test_a_new_key_waits_longer_than_a_verifier_may_stay_ignorant():
    assert ripe.TOKENS_AFTER.total_seconds() > Verifier.MIN_INTERVAL + Verifier.PATIENCE


def test_a_key_that_is_left_alone_signs_at_once(issuer, tmp_path):
    first = next(tmp_path.glob("*.pem"))
    generate_key(tmp_path)
    first.unlink()
    assert signer(issuer.issue(ENTERPRISE, 60)) == "token-0002"


def signer(token: str) -> str:
    header = token.partition(".")[0]
    return orjson.loads(urlsafe_b64decode(header + "=" * (-len(header) % 4)))["kid"]


def later(verifier: Verifier, by: timedelta) -> None:
    """Its own clock is not the one that tests move."""
    verifier._fetched -= by.total_seconds()


def test_a_token_seen_before_is_refused_once_it_has_expired(issuer, jwks_url):
    verifier, token = Verifier(jwks_url), issuer.issue(ENTERPRISE, 60)
    assert [verifier.verify(token) for _ in range(2)] == [ENTERPRISE] * 2
    with time_machine.travel(now() + timedelta(minutes=2)), pytest.raises(Unauthenticated, match="expired"):
        verifier.verify(token)


def test_a_token_seen_before_is_refused_once_its_key_is_withdrawn(issuer, jwks_url, tmp_path):
    verifier = Verifier(jwks_url)
    verifier.MIN_INTERVAL = 0
    old = issuer.issue(ENTERPRISE, 60)
    assert verifier.verify(old) == ENTERPRISE
    withdrawn = next(tmp_path.glob("*.pem"))
    generate_key(tmp_path)
    withdrawn.unlink()  # the new one is alone, and signs
    assert verifier.verify(issuer.issue(ENTERPRISE, 60)) == ENTERPRISE  # the unknown key has it look again
    with pytest.raises(Unauthenticated):
        verifier.verify(old)


def test_withdrawn_keys_are_noticed_after_a_while_even_when_nobody_brings_a_new_one(
    issuer, jwks_url, tmp_path
):
    verifier = Verifier(jwks_url)
    verifier.TTL = 0
    old = issuer.issue(ENTERPRISE, 60)
    assert verifier.verify(old) == ENTERPRISE
    next(tmp_path.glob("*.pem")).unlink()
    generate_key(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "0001.pem").rename(tmp_path / "0002.pem")
    with pytest.raises(Unauthenticated):
        verifier.verify(old)


def test_looking_again_and_finding_the_same_keys_forgets_no_token(issuer, jwks_url):
    verifier = Verifier(jwks_url)
    verifier.TTL = 0
    verifier.verify(issuer.issue(ENTERPRISE, 60))
    first = verifier._published
    verifier.verify(issuer.issue(ENTERPRISE, 120))
    assert verifier._published is first
    assert len(first.verified) == 2


@pytest.mark.parametrize("token", ["x.y.z", "", "a" * 5000])
def test_a_token_that_is_refused_is_not_remembered(issuer, jwks_url, token):
    verifier = Verifier(jwks_url)
    with pytest.raises(Unauthenticated):
        verifier.verify(token)
    assert len(verifier._published.verified) == 0


def test_only_so_many_tokens_are_remembered_and_the_oldest_makes_room():
    verified = Verified(limit=3)
    expires = now().timestamp() + 60
    for name in "abcde":
        verified.put(name, expires, ENTERPRISE)
    assert len(verified) == 3
    assert [name for name in "abcde" if verified.get(name)] == ["c", "d", "e"]


def test_no_remembered_token_outlives_its_expiry_by_a_second():
    verified = Verified()
    moment = now().replace(microsecond=0)
    verified.put("token", moment.timestamp() + 60, ENTERPRISE)
    with time_machine.travel(moment + timedelta(seconds=59), tick=False):
        assert verified.get("token") == ENTERPRISE
    with time_machine.travel(moment + timedelta(seconds=60), tick=False):
        assert verified.get("token") is None


def test_the_published_keys_hold_no_private_part(issuer):
    assert all("d" not in key for key in issuer.jwks()["keys"])


def test_without_any_keys_nobody_is_let_in_and_nobody_is_called_a_forger(issuer):
    with pytest.raises(Unavailable):
        Verifier("http://127.0.0.1:9/").verify(issuer.issue(ENTERPRISE, 60))
