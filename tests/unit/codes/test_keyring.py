from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc.jwk import OKPKey

from services.chassis.codes import Code, Keyring, Kind, read, sign
from services.chassis.errors import Unavailable
from services.chassis.identity.tokens import generate_key
from services.chassis.ids import new_id

A_CODE = Code(
    kind=Kind.ORDER,
    subject=new_id(),
    valid_from=datetime(2026, 3, 2, tzinfo=UTC),
    valid_until=datetime(2026, 3, 9, tzinfo=UTC),
)


def test_without_a_key_nothing_is_signed(tmp_path):
    with pytest.raises(Unavailable):
        Keyring(tmp_path).signing()


def test_the_newest_key_signs_and_the_older_ones_verify(tmp_path):
    generate_key(tmp_path)
    old = sign(A_CODE, Keyring(tmp_path))
    generate_key(tmp_path)
    rotated = Keyring(tmp_path)
    assert rotated.signing()[0] == 2
    assert read(old, rotated) == A_CODE


def test_a_running_verifier_learns_of_a_new_key_from_its_first_code(tmp_path):
    generate_key(tmp_path)
    running = Keyring(tmp_path)
    read(sign(A_CODE, running), running)
    generate_key(tmp_path)
    assert read(sign(A_CODE, Keyring(tmp_path)), running) == A_CODE


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
