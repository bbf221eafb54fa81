"""orjson out; in, the standard parser, because it can refuse a member that is given twice."""

import json
import re
from typing import Any

import orjson
from flask.json.provider import JSONProvider

from services.chassis.errors import Malformed, Text

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_DEPTH_ERROR = Text("JSON 嵌套过深", "the JSON is nested too deeply")


class Json(JSONProvider):
    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj, option=orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return _DECODER.decode(s if isinstance(s, str) else s.decode(json.detect_encoding(s)))
        except RecursionError:
            raise Malformed(_MAX_DEPTH_ERROR) from None
        except ValueError as error:
            raise Malformed(Text(f"不是合法的 JSON：{error}", f"not valid JSON: {error}")) from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise Malformed(Text(f"字段 {name!r} 重复", f"the member {name!r} is repeated"))
        _no_nul(value)
        members[name] = value
    return members


def _no_nul(value: Any) -> None:
    if isinstance(value, list):
        for part in value:  # pyright: ignore[reportUnknownVariableType]
            _no_nul(part)
    elif isinstance(value, str) and _UNSTORABLE.search(value):
        raise Malformed(Text("文本中含有不可存储的字符", "a text holds a character that cannot be stored"))


def _no_constant(name: str) -> None:
    raise Malformed(Text(f"{name} 不是合法的 JSON 数值", f"{name} is not a JSON number"))


_DECODER = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_no_constant)
