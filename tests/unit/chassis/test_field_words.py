"""Whatever is wrong with a field is said in Chinese and in English."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import marshmallow as ma
import pytest
from marshmallow import class_registry, validate

from services.chassis.field_words import in_both
from services.chassis.settings import SERVICES
from tests.builders.apps import built

_BOTH = re.compile(r".*[\u4e00-\u9fff].* [·/] [^\u4e00-\u9fff]+", re.DOTALL)
_ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        (["Missing data for required field."], "必填 / Missing data for required field"),
        (
            ["Must be greater than or equal to 1 and less than or equal to 200."],
            "应在 1 到 200 之间 / Must be greater than or equal to 1 and less than or equal to 200",
        ),
        (["Must be greater than 0."], "应大于 0 / Must be greater than 0"),
        (["不能为空 / must not be blank"], "不能为空 / must not be blank"),
        (
            ["这个角色须属于一个检查主体 · this role needs an agency"],
            "这个角色须属于一个检查主体 / this role needs an agency",
        ),
        (
            ["Length must be between 1 and 500.", "不能为空 / must not be blank"],
            "应有 1 到 500（字数或项数）；不能为空 / Length must be between 1 and 500; must not be blank",
        ),
        (["Must be one of: 甲, 乙."], "应为以下之一：甲, 乙 / Must be one of: 甲, 乙"),
    ],
)
def test_one_message_has_both_halves(messages, said):
    assert in_both(messages) == said


def test_what_nobody_translated_is_said_as_it_is():
    assert in_both(["Something new."]) == "Something new."


def fields_of(field: ma.fields.Field) -> Iterator[ma.fields.Field]:
    yield field
    if isinstance(field, ma.fields.List):
        yield from fields_of(field.inner)
    if isinstance(field, ma.fields.Dict):
        for inner in (field.key_field, field.value_field):
            if inner:
                yield from fields_of(inner)


def checks_of(check: object) -> Iterator[object]:
    yield check
    if isinstance(check, validate.And):
        for inner in check.validators:
            yield from checks_of(inner)


def messages_of(field: ma.fields.Field) -> Iterator[str]:
    yield from field.error_messages.values()
    for each in field.validators:
        for check in checks_of(each):
            if isinstance(check, validate.Range):
                bounds = [bound for bound in ("min", "max") if getattr(check, bound) is not None]
                yield getattr(check, "error", None) or getattr(
                    check, f"message_{'all' if len(bounds) == 2 else bounds[0]}"
                )
            elif error := getattr(check, "error", None):
                yield error
            elif isinstance(check, validate.Validator):
                names = ("default_message", "message_min", "message_max", "message_all", "message_equal")
                yield from (getattr(check, name) for name in names if hasattr(check, name))


def filled_in(message: str) -> str:
    message = message.replace("{obj_type}", "datetime").replace("{awareness}", "aware")
    return re.sub(r"\{[^}]*\}", "5", message)


def all_schemas() -> list[type[ma.Schema]]:
    for service in SERVICES:
        built(service)
    registered = [each for known in class_registry._registry.values() for each in known]
    return [each for each in registered if inspect.isclass(each) and each.__module__.startswith("services.")]


def test_no_schema_says_anything_in_one_language_alone():
    schemas = all_schemas()
    assert len(schemas) > 100
    found = {
        message
        for schema in schemas
        for declared in schema._declared_fields.values()
        for field in fields_of(declared)
        for message in messages_of(field)
    }
    assert "Not a valid integer." in found
    said = {message: in_both([filled_in(message)]) for message in found}
    assert [message for message, both in said.items() if not _BOTH.fullmatch(both)] == []


def literal(node: ast.AST) -> str | None:
    """The text of a literal; what is filled in stands as a digit."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or "5" for part in node.values)
    return None


def test_no_check_of_ours_speaks_one_language_alone():
    wrong: list[str] = []
    for path in sorted((_ROOT / "services").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith("ValidationError")
                and node.args
            ):
                said = literal(node.args[0])
                if said is not None and re.search(r"[^\W\d]", said) and not _BOTH.fullmatch(said):
                    wrong.append(f"{path.relative_to(_ROOT)}:{node.lineno}: {said}")
    assert wrong == []
