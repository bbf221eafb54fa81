"""What holds for every code: it comes back as it was signed, and nothing else passes for it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.codes import BadCode, Code, Keyring, Kind, Reason, read, sign, verify
from services.chassis.codes.token import DIGITS, TOLERANCE
from services.chassis.identity.tokens import generate_key
from services.chassis.ids import new_id

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
moments = st.integers(0, 2**32 - 1).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
codes = st.builds(
    Code,
    kind=st.sampled_from(Kind),
    subject=st.uuids(),
    valid_from=moments,
    valid_until=moments,
    nonce=st.integers(0, 2**32 - 1),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("code-keys")
    generate_key(folder)
    return folder


@pytest.fixture(scope="module")
def keyring(folder):
    return Keyring(folder)


def a_code(**changes):
    given = {
        "kind": Kind.ORDER,
        "subject": new_id(),
        "valid_from": NOON,
        "valid_until": NOON + MINUTE,
        "nonce": 7,
    }
    return Code(**(given | changes))


def refusal(digits, keyring, **how):
    with pytest.raises(BadCode) as refused:
        verify(digits, keyring, **({"kind": Kind.ORDER, "at": NOON} | how))
    return refused.value.reason


@given(code=codes)
def test_a_code_comes_back_as_it_was_signed(keyring, code):
    digits = sign(code, keyring)
    assert len(digits) == DIGITS
    assert digits.isdigit()
    assert read(digits, keyring) == code


@given(code=codes, place=st.integers(0, DIGITS - 1), step=st.integers(1, 9))
def test_a_code_with_any_digit_changed_is_refused(keyring, code, place, step):
    digits = sign(code, keyring)
    other = str((int(digits[place]) + step) % 10)
    with pytest.raises(BadCode):
        read(digits[:place] + other + digits[place + 1 :], keyring)


def test_each_single_digit_of_one_code_matters(keyring):
    digits = sign(a_code(), keyring)
    for place, digit in enumerate(digits):
        for other in set("0123456789") - {digit}:
            with pytest.raises(BadCode):
                read(digits[:place] + other + digits[place + 1 :], keyring)


@given(text=st.text(max_size=300))
def test_no_text_makes_the_reader_stumble(keyring, text):
    with pytest.raises(BadCode):
        read(text, keyring)


@pytest.mark.parametrize("length", [1, 2, 3, 100, DIGITS - 1])
def test_a_code_cut_short_is_called_so(keyring, length):
    assert refusal(sign(a_code(), keyring)[:length], keyring) is Reason.TRUNCATED


@pytest.mark.parametrize("text", ["", "x" * DIGITS, "١" * DIGITS, "1" * 5000, "-1", "1.0", " 11"])
def test_what_is_not_a_code_is_called_so(keyring, text):
    assert refusal(text, keyring) is Reason.MALFORMED


def test_a_code_with_a_digit_too_many_is_malformed(keyring):
    assert refusal(sign(a_code(), keyring) + "0", keyring) is Reason.MALFORMED


def test_a_number_beyond_the_bytes_is_malformed(keyring):
    assert refusal("11" + "9" * (DIGITS - 2), keyring) is Reason.MALFORMED


def test_version_and_kind_of_tomorrow_are_named(keyring):
    digits = sign(a_code(), keyring)
    assert refusal("2" + digits[1:], keyring) is Reason.UNKNOWN_VERSION
    assert refusal("19" + digits[2:], keyring) is Reason.UNKNOWN_KIND


def test_an_order_code_cannot_be_relabelled_as_a_credential(keyring):
    digits = sign(a_code(), keyring)
    assert refusal("12" + digits[2:], keyring, kind=Kind.CREDENTIAL) is Reason.FORGED


def test_a_credential_is_not_taken_for_an_order(keyring):
    assert refusal(sign(a_code(kind=Kind.CREDENTIAL), keyring), keyring) is Reason.WRONG_KIND


def test_a_code_signed_again_with_a_key_of_ones_own_is_forged(keyring, tmp_path):
    generate_key(tmp_path)
    assert refusal(sign(a_code(), Keyring(tmp_path)), keyring) is Reason.FORGED


def test_a_code_of_a_withdrawn_key_is_refused_by_that_name(tmp_path):
    old = generate_key(tmp_path)
    digits = sign(a_code(), Keyring(tmp_path))
    generate_key(tmp_path)
    old.unlink()
    assert refusal(digits, Keyring(tmp_path)) is Reason.UNKNOWN_KEY


def test_forgery_is_found_before_expiry_is_looked_at(keyring):
    digits = sign(a_code(), keyring)
    spoiled = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert refusal(spoiled, keyring, at=NOON + timedelta(days=1)) is Reason.FORGED


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (NOON - timedelta(hours=1), Reason.NOT_YET_VALID),
        (NOON - TOLERANCE - timedelta(seconds=1), Reason.NOT_YET_VALID),
        (NOON + MINUTE + TOLERANCE, Reason.EXPIRED),
        (NOON + timedelta(hours=1), Reason.EXPIRED),
    ],
)
def test_outside_its_time_a_code_is_refused(keyring, at, reason):
    assert refusal(sign(a_code(), keyring), keyring, at=at) is reason


@pytest.mark.parametrize("at", [NOON - TOLERANCE, NOON, NOON + MINUTE, NOON + MINUTE + TOLERANCE / 2])
def test_a_clock_that_is_a_little_wrong_is_borne_with(keyring, at):
    verify(sign(a_code(), keyring), keyring, kind=Kind.ORDER, at=at)


def test_an_hour_of_tolerance_bears_with_an_hour(keyring):
    hour = timedelta(hours=1)
    digits = sign(a_code(), keyring)
    verify(digits, keyring, kind=Kind.ORDER, at=NOON + hour, tolerance=hour)
