from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.ids import new_id
from services.feedback.rights.ticket import LIFETIME, BadTicket, Right, TicketOffice, county_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = TicketOffice(b"s" * 32, "rating")
RIGHT = Right(nonce=OFFICE.nonce(new_id()), about=new_id(), area_code="321302")


def test_a_ticket_says_what_was_signed():
    assert OFFICE.verify(OFFICE.sign(RIGHT, NOW), NOW) == RIGHT


def test_tickets_of_one_order_share_their_nonce_and_of_two_do_not():
    order = new_id()
    assert OFFICE.nonce(order) == TicketOffice(b"s" * 32, "rating").nonce(order)
    assert OFFICE.nonce(order) != OFFICE.nonce(new_id())
    assert OFFICE.nonce(order) != TicketOffice(b"t" * 32, "rating").nonce(order)


def test_a_ticket_expires():
    ticket = OFFICE.sign(RIGHT, NOW)
    with pytest.raises(BadTicket, match="expired"):
        OFFICE.verify(ticket, NOW + LIFETIME + timedelta(seconds=1))


def test_a_ticket_of_another_office_is_refused():
    with pytest.raises(BadTicket):
        TicketOffice(b"t" * 32, "rating").verify(OFFICE.sign(RIGHT, NOW), NOW)


@given(st.data())
def test_any_changed_character_is_refused(data):
    ticket = OFFICE.sign(RIGHT, NOW)
    place = data.draw(st.integers(0, len(ticket) - 2))  # the last holds padding bits
    other = data.draw(st.sampled_from([c for c in "Aa0-_" if c != ticket[place]]))
    with pytest.raises(BadTicket):
        OFFICE.verify(ticket[:place] + other + ticket[place + 1 :], NOW)


@pytest.mark.parametrize("ticket", ["", "A", "评价", "=" * 40, "A" * 399])
def test_nonsense_is_refused(ticket):
    with pytest.raises(BadTicket):
        OFFICE.verify(ticket, NOW)


def test_an_area_is_never_finer_than_its_county():
    assert county_of("321302005012") == "321302"


def test_what_one_office_signed_another_of_the_same_secret_refuses():
    surveys = TicketOffice(b"s" * 32, "survey")
    assert surveys.nonce(RIGHT.about) != OFFICE.nonce(RIGHT.about)
    with pytest.raises(BadTicket):
        surveys.verify(OFFICE.sign(RIGHT, NOW), NOW)


def test_a_right_of_two_ids_is_that_of_both():
    survey, firm, other = new_id(), new_id(), new_id()
    assert OFFICE.nonce(survey, firm) not in {
        OFFICE.nonce(survey, other),
        OFFICE.nonce(firm),
        OFFICE.nonce(survey),
    }
