import pytest
from flask import Flask

from services.chassis.errors import Malformed
from services.chassis.json import Json

json = Json(Flask("test"))


def test_a_repeated_member_is_refused_at_any_depth():
    with pytest.raises(Malformed, match="repeated"):
        json.loads('{"order": {"state": "drafted", "state": "issued"}}')


@pytest.mark.parametrize(
    "body", ["{", "", "nul", '{"a": NaN}', '{"a": "\\u0000"}', '{"a": ["\\ud800"]}', "[" * 100_000]
)
def test_what_cannot_be_parsed_or_stored_is_malformed(body):
    with pytest.raises(Malformed):
        json.loads(body)


def test_integer_keys_of_nested_errors_can_be_written():
    assert json.dumps({0: {"name": ["缺少"]}}) == '{"0":{"name":["缺少"]}}'
