from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc.jwk import OKPKey

from services.chassis import clock
from services.chassis.codes import Code, Keyring, Kind, read, sign
from services.chassis.codes.token import sign_with
from services.chassis.errors import Unavailable
from services.chassis.identity.tokens import generate_key
from services.chassis.ids import new_id
from services.chassis.keys import ripe

PHONES_KEEP_THEM = timedelta(minutes=5)
A_CODE = Code(
    kind=Kind.ORDER,
    subject=new_id(),
    valid_from=datetime(2026, 3, 2, tzinfo=UTC),
    valid_until=datetime(2026, 3, 9, tzinfo=UTC),
)


def test_without_a_key_nothing_is_signed(tmp_path):
    with pytest.raises(Unavailable):
        Keyring(tmp_path).signing()


def test_a_new_key_signs_when_phones_that_kept_the_published_ones_have_asked_again(tmp_path):
    generate_key(tmp_path)
    old = sign(A_CODE, Keyring(tmp_path))
    generate_key(tmp_path)
    made, rotated = clock.now(), Keyring(tmp_path)
    assert [key["kid"] for key in rotated.published()] == ["1", "2"]
    with time_machine.travel(made + PHONES_KEEP_THEM):
        assert rotated.signing()[0] == 1
    with time_machine.travel(made + ripe.CODES_AFTER + timedelta(seconds=1)):
        assert rotated.signing()[0] == 2
    assert read(old, rotated) == A_CODE


def test_a_running_verifier_learns_of_a_new_key_from_its_first_code(tmp_path):
    generate_key(tmp_path)
    running = Keyring(tmp_path)
    read(sign(A_CODE, running), running)
    generate_key(tmp_path)
    number, held = max(Keyring(tmp_path).held().items())
    assert read(sign_with(A_CODE, number, held.key), running) == A_CODE


def test_published_keys_are_public_and_named_by_their_number(tmp_path):
    generate_key(tmp_path)
    keyring = Keyring(tmp_path)
    (key,) = keyring.published()
    assert key["kid"] == "1"
    assert "d" not in key
    imported = OKPKey.import_key(key).get_op_key("verify")
    assert isinstance(imported, Ed25519PublicKey)
    assert imported == keyring.public(1)


def test_a_key_with_a_number_too_high_for_a_code_is_refused(tmp_path):
    generate_key(tmp_path).rename(tmp_path / "0256.pem")
    with pytest.raises(ValueError, match="1 to 255"):
        Keyring(tmp_path).signing()
