"""What is wrong with a field, in both languages: `中文 / English`.

Our own checks speak both. What marshmallow says by itself is English alone; it is translated where a problem is written, by
its text, because a field takes its messages when it is made, in many places, and a schema that forgot to would go unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_SAID: dict[str, str] = {
    "Missing data for required field.": "必填",
    "Field may not be null.": "不能为空",
    "Invalid value.": "不合要求",
    "Invalid input.": "不合要求",
    "Invalid type.": "类型不对",
    "Invalid input type.": "类型不对",
    "Unknown field.": "没有这个字段",
    "Not a valid list.": "应为列表",
    "Not a valid tuple.": "应为列表",
    "Not a valid string.": "应为文字",
    "Not a valid utf-8 string.": "应为 UTF-8 文字",
    "Not a valid UUID.": "编号不正确",
    "Not a valid number.": "应为数字",
    "Not a valid integer.": "应为整数",
    "Number too large.": "数字过大",
    "Special numeric values (nan or infinity) are not permitted.": "应为有限的数字",
    "Not a valid boolean.": "应为是或否",
    "Not a valid date.": "应为日期（年-月-日）",
    "Not a valid time.": "应为时间",
    "Not a valid datetime.": "应为日期和时间",
    "Not a valid aware datetime.": "应为带时区的日期和时间",
    "Not a valid naive datetime.": "应为不带时区的日期和时间",
    "Not a valid period of time.": "应为时长",
    "Not a valid mapping type.": "应为对象",
    "Not a valid URL.": "应为网址",
    "Not a valid email address.": "应为电子邮箱地址",
    "Not a valid IP{}": "应为 IP 地址",
    "{} cannot be formatted as a {}.": "{0} 的格式不对",
    "Must be one of: {}.": "应为以下之一：{0}",
    "Must be equal to {}.": "应等于 {0}",
    "Must be greater than or equal to {} and less than or equal to {}.": "应在 {0} 到 {1} 之间",
    "Must be greater than or equal to {} and less than {}.": "应不小于 {0} 且小于 {1}",
    "Must be greater than {} and less than or equal to {}.": "应大于 {0} 且不大于 {1}",
    "Must be greater than {} and less than {}.": "应大于 {0} 且小于 {1}",
    "Must be greater than or equal to {}.": "不能小于 {0}",
    "Must be less than or equal to {}.": "不能大于 {0}",
    "Must be greater than {}.": "应大于 {0}",
    "Must be less than {}.": "应小于 {0}",
    "Shorter than minimum length {}.": "不能少于 {0}（字数或项数）",
    "Longer than maximum length {}.": "不能多于 {0}（字数或项数）",
    "Length must be between {} and {}.": "应有 {0} 到 {1}（字数或项数）",
    "Length must be {}.": "应有 {0}（字数或项数）",
    "String does not match expected pattern.": "格式不对",
    "One or more of the choices you made was not in: {}.": "只能选：{0}",
    "One or more of the choices you made was in: {}.": "不能选：{0}",
}
_PATTERNS = [
    (re.compile(re.escape(english).replace(r"\{\}", "(.+)"), re.DOTALL), chinese)
    for english, chinese in _SAID.items()
]
_HALVES = re.compile(r"(.*?[\u4e00-\u9fff].*?) [·/] ([^\u4e00-\u9fff]+)", re.DOTALL)


def in_both(messages: Iterable[str]) -> str:
    """All that is wrong with one field, as one message whose halves the front ends tell apart."""
    said = [_halves(message) for message in dict.fromkeys(messages)]
    chinese, english = "；".join(zh for zh, _ in said), "; ".join(en for _, en in said)
    return chinese if chinese == english else f"{chinese} / {english}"


@lru_cache(maxsize=1024)
def _halves(message: str) -> tuple[str, str]:
    """What speaks one language only, and is none of marshmallow's, is left as it is in both."""
    if spoken := _HALVES.fullmatch(message):
        return spoken[1], spoken[2]
    for pattern, chinese in _PATTERNS:
        if found := pattern.fullmatch(message):
            return chinese.format(*found.groups()), message.rstrip(".")
    return message, message
