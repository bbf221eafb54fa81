import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.codes import BadCode, Reason, short

codes = st.text(short.ALPHABET, min_size=8, max_size=8).map(lambda body: body + short.check_character(body))


def test_the_alphabet_has_no_characters_that_look_alike_and_a_prime_length():
    assert not set(short.ALPHABET) & set("01OILSZ")
    assert len(set(short.ALPHABET)) == len(short.ALPHABET) == 29


def test_a_new_code_is_accepted_however_it_is_typed():
    code = short.new()
    for typed in (code, short.shown(code), code.lower(), f"  {short.shown(code).lower()} "):
        assert short.parse(typed) == code


@given(code=codes, place=st.integers(0, 8), other=st.sampled_from(short.ALPHABET))
def test_one_wrong_character_is_noticed(code, place, other):
    typed = code[:place] + other + code[place + 1 :]
    if typed != code:
        with pytest.raises(BadCode):
            short.parse(typed)


@given(code=codes, place=st.integers(0, 7))
def test_two_swapped_neighbours_are_noticed(code, place):
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        with pytest.raises(BadCode):
            short.parse(typed)


@given(code=codes)
def test_an_s_is_taken_for_the_5_and_a_z_for_the_2_it_was_read_from(code):
    assert short.parse(code.replace("5", "s").replace("2", "z")) == code


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.TRUNCATED),
        ("7KQ", Reason.TRUNCATED),
        ("A" * 10, Reason.MALFORMED),
        ("检查码检查码检查码", Reason.MALFORMED),
    ],
)
def test_what_cannot_be_a_code_is_refused(typed, reason):
    with pytest.raises(BadCode) as refused:
        short.parse(typed)
    assert refused.value.reason is reason
