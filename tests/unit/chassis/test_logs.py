import json

import pytest

from services.chassis.logs import line


def test_a_log_line_is_one_json_object():
    written = line({"event": "order_issued", "order": "检查单\n1", "count": 3}, repr)
    assert "\n" not in written
    assert json.loads(written) == {"event": "order_issued", "order": "检查单\n1", "count": 3}


@pytest.mark.parametrize("odd", [2**70, "half a pair \ud800", {1: "a"}, {1.5: 2**70}, object(), b"bytes"])
def test_an_odd_value_does_not_lose_the_line(odd):
    assert json.loads(line({"event": "order_issued", "odd": odd}, repr))["event"] == "order_issued"
