"""The catalogue as data: one JSON file an event type, rendered from the dataclasses and committed.

Inside a version only additions: a new *optional* field. Anything else, another value of an enumeration
included, would make a consumer of yesterday refuse what a producer of today sends, or the other way round.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import msgspec

from events.examples import EXAMPLES
from events.model import CATALOGUE, COMPACTED, Event

FOLDER = Path(__file__).parent / "catalogue" / "published"
FIXED = ("owner", "topic", "key", "subject", "version")
Document = dict[str, Any]
Json = dict[str, Any]


class BreakingChange(Exception):
    """Publish it as the next version, beside this one."""


def render(cls: type[Event]) -> Document:
    contract = cls.contract
    return {
        "type": contract.type,
        "summary": summary_of(cls),
        "owner": contract.owner,
        "producers": [contract.owner],
        "consumers": list(contract.consumers),
        "topic": str(contract.topic),
        "compacted": contract.topic in COMPACTED,
        "key": contract.key,
        "subject": contract.subject,
        "version": contract.version,
        "schema": schema_of(cls),
        "example": json.loads(msgspec.json.encode(EXAMPLES[contract.type])),
    }


def render_all() -> dict[str, Document]:
    return {type: render(cls) for type, cls in sorted(CATALOGUE.items())}


def summary_of(cls: type[Event]) -> str:
    """The class's own docstring; dataclasses make one up where there is none."""
    text = inspect.cleandoc(cls.__doc__ or "")
    return "" if text.startswith(f"{cls.__name__}(") else text


def schema_of(cls: type[Event]) -> Json:
    (root,), parts = msgspec.json.schema_components((cls,), ref_template="#/$defs/{name}")
    name = cast("str", root["$ref"]).rpartition("/")[2]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | parts.pop(name)
    return tidy(schema | ({"$defs": parts} if parts else {}))


def tidy(schema: Any) -> Any:
    """Plain JSON types, without docstrings' indentation; a made-up docstring is no description."""
    if isinstance(schema, Mapping):
        found = {
            str(name): tidy(value)
            for name, value in cast("Mapping[str, Any]", schema).items()
            if name != "description"
        }
        text = inspect.cleandoc(str(cast("Mapping[str, Any]", schema).get("description", "")))
        made_up = text.startswith(f"{found.get('title')}(")
        return found | ({"description": text} if text and not made_up else {})
    if isinstance(schema, list | tuple):
        return [tidy(one) for one in cast("list[Any]", schema)]
    return schema


def published(folder: Path = FOLDER) -> dict[str, Document]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def publish(folder: Path = FOLDER) -> list[str]:
    """Write what is new or was added to; answers their types. Raises BreakingChange and then writes nothing."""
    old, new = published(folder), render_all()
    broken = breaks(old, new)
    if broken:
        raise BreakingChange("\n".join(broken))
    changed = [type for type, document in new.items() if old.get(type) != document]
    folder.mkdir(exist_ok=True)
    for type in changed:
        text = json.dumps(new[type], ensure_ascii=False, indent=2)
        (folder / f"{type}.json").write_text(text + "\n", "utf-8")
    return changed


def breaks(old: Mapping[str, Document], new: Mapping[str, Document]) -> list[str]:
    """Every way in which `new` is more than an addition to `old`."""
    found: list[str] = []
    for type, before in old.items():
        after = new.get(type)
        if after is None:
            found.append(f"{type}: withdrawn")
            continue
        found += [
            f"{type}: {name} was {before[name]!r}, is {after[name]!r}"
            for name in FIXED
            if before[name] != after[name]
        ]
        found += [f"{type}: {text}" for text in _schema_breaks(before["schema"], after["schema"], "")]
    return found


def _schema_breaks(old: Json, new: Json, path: str) -> list[str]:
    found = _differences(old, new, path)
    before, after = old.get("properties", {}), new.get("properties", {})
    found += [f"{path}{name}: removed" for name in before if name not in after]
    if set(old.get("required", ())) != set(new.get("required", ())):
        found.append(f"{path or 'event'}: what is required changed")
    for name in before.keys() & after.keys():
        found += _differences(before[name], after[name], f"{path}{name}")
    for name, part in old.get("$defs", {}).items():
        found += _schema_breaks(part, new.get("$defs", {}).get(name, {}), f"{name}.")
    return found


_STRUCTURE = ("properties", "required", "$defs", "title", "description", "default", "$schema")


def _differences(old: Json, new: Json, path: str) -> list[str]:
    before = {name: value for name, value in old.items() if name not in _STRUCTURE}
    after = {name: value for name, value in new.items() if name not in _STRUCTURE}
    return [f"{path or 'event'}: was {before}, is {after}"] if before != after else []
