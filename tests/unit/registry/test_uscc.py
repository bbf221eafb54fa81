from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as standard

from services.registry.enterprises import uscc
from services.registry.enterprises.uscc import Wrong, WrongUscc

_BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@st.composite
def codes(draw):
    digits = "9" + draw(st.text("0123456789", min_size=7, max_size=7))
    rest = draw(st.text(_BODY, min_size=9, max_size=9))
    return digits + rest + standard.calc_check_digit(digits + rest)


@given(codes())
def test_a_right_code_is_taken_however_it_is_typed(code):
    assert uscc.parse(f" {code.lower()} ") == code
    assert uscc.parse(f"{code[:4]} {code[4:]}") == code


@given(codes(), st.integers(0, 17), st.sampled_from(_BODY))
def test_one_wrong_character_is_noticed(code, place, other):
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code:
        with pytest.raises(WrongUscc):
            uscc.parse(wrong)


@given(st.one_of(st.text(max_size=24), st.text(_BODY, min_size=18, max_size=18)))
def test_the_short_way_takes_nothing_that_the_library_refuses(text):
    try:
        code = uscc.parse(text)
    except WrongUscc:
        return
    assert standard.is_valid(code)


@pytest.mark.parametrize(
    ("given_", "wrong"),
    [
        ("", Wrong.MISSING),
        ("0", Wrong.MISSING),
        ("0" * 18, Wrong.MISSING),
        ("无", Wrong.MISSING),
        ("9.13E+17", Wrong.SPREADSHEET_NUMBER),
        ("9.13213E17", Wrong.SPREADSHEET_NUMBER),
        ("91321391MA1", Wrong.LENGTH),
        ("91321391MA1234567I", Wrong.FORMAT),
        ("9132139AMA12345670", Wrong.FORMAT),
    ],
)
def test_what_is_wrong_is_said(given_, wrong):
    with pytest.raises(WrongUscc) as caught:
        uscc.parse(given_)
    assert caught.value.wrong is wrong
