"""The tour's own reader of codes agrees with the product that signs them, and with nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature

from services.chassis.codes import Code, Keyring, Kind, sign
from services.chassis.codes.link import link
from services.chassis.codes.square import png
from services.chassis.identity.tokens import generate_key
from services.chassis.ids import new_id
from tour import squares

FROM = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def keyring(tmp_path) -> Keyring:
    generate_key(tmp_path)
    return Keyring(tmp_path)


@pytest.fixture
def code() -> Code:
    return Code(kind=Kind.ORDER, subject=new_id(), valid_from=FROM, valid_until=FROM + timedelta(days=3))


def test_a_printed_square_is_read_back_and_verified_with_the_published_keys(keyring, code):
    address = link("http://yicha.test", sign(code, keyring))
    digits = squares.code_in(squares.decode(png(address)))
    read = squares.verify(digits, keyring.published())
    assert read == squares.Read(Kind.ORDER, code.subject, code.valid_from, code.valid_until)


def test_one_changed_digit_is_noticed_offline(keyring, code):
    with pytest.raises(InvalidSignature):
        squares.verify(squares.forged(sign(code, keyring)), keyring.published())


def test_a_key_that_is_not_published_signs_nothing(keyring, code, tmp_path):
    generate_key(tmp_path / "other")
    with pytest.raises(InvalidSignature):
        squares.verify(sign(code, keyring), Keyring(tmp_path / "other").published())


def test_a_picture_without_a_square_is_said_to_have_none(tmp_path):
    from PIL import Image

    Image.new("L", (200, 200), 255).save(tmp_path / "white.png")
    with pytest.raises(ValueError, match="no square"):
        squares.decode((tmp_path / "white.png").read_bytes())
