import pytest

from events.intake import Opened, open_record
from events.model import Topic
from events.versions import Verdict, judge
from events.wire import Record
from tests.builders.events import a_message, a_step


@pytest.mark.parametrize(
    ("version", "verdict"),
    [(1, Verdict.DROP), (3, Verdict.DROP), (4, Verdict.APPLY), (5, Verdict.PARK), (9, Verdict.PARK)],
)
def test_an_order_counts_up_without_gaps(version, verdict):
    assert judge(Topic.INSPECTION, version, seen=3) is verdict


@pytest.mark.parametrize(("version", "verdict"), [(3, Verdict.DROP), (4, Verdict.APPLY), (9, Verdict.APPLY)])
def test_registry_state_is_whole_so_gaps_are_harmless(version, verdict):
    assert judge(Topic.REGISTRY, version, seen=3) is verdict


def opened(type: bytes) -> Opened:
    message = a_message(a_step(version=2), ce_type=type)
    one = open_record(Record(message.topic, 0, 0, message.key, message.headers, message.value))
    assert isinstance(one, Opened)
    return one


def test_an_unknown_event_still_counts_as_a_version():
    assert opened(b"cn.yicha.inspection.order.sealed.v1").version == 2


def test_a_newer_form_of_a_known_event_does_not_take_its_version():
    """v2 is published beside v1 and must not make who knows only v1 drop it."""
    assert opened(b"cn.yicha.inspection.order.submitted.v2").version is None
