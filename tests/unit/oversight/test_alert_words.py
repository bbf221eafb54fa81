"""An alert speaks in words: whatever the gate gives as its reason is known by name."""

from zoneinfo import ZoneInfo

import pytest

from services.inspection.entries.model import Why
from services.oversight.alerts.words import said


@pytest.mark.parametrize("why", Why)
def test_every_reason_of_a_refused_entry_has_words(why):
    text = said("entry_refused", {"rule": "E1", "reason": why.value}, ZoneInfo("Asia/Shanghai"))
    assert why.value not in text.zh
    assert "_" not in text.en
