"""What is published of a draw: described exactly, drawn again by anybody, and any change in it noticed."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from fractions import Fraction

import msgspec
import pytest
from click.testing import CliRunner

from services.inspection.draws import cli
from services.inspection.draws.file import BadFile, differences, read
from services.inspection.draws.model import (
    Recusal,
    canonical,
    stratify,
)
from tests.builders.lots import a_file, a_list, an_id, inspectors, objects


def test_the_canonical_form_is_that_of_rfc_8785():
    assert (
        canonical({"b": [1, None, '甲\n"\\\x01'], "a": ""})
        == '{"a":"","b":[1,null,"甲\\n\\"\\\\\\u0001"]}'.encode()
    )


def test_the_example_of_the_description_is_what_the_code_gives():
    """docs/draws.md gives this draw, so that a program in another language can be tested against it."""
    file = a_file(a_list(objects(5), per_object=2, inspectors=tuple(inspectors(3)), purpose="example"))
    described = (cli.Path(__file__).parents[3] / "docs" / "draws.md").read_text("utf-8")
    block = described.split("```json\n")[1].split("```")[0]
    assert json.loads(block) == json.loads(msgspec.json.encode(file))


def test_an_independent_reading_of_the_description_draws_the_same():
    """Thirty lines without a line of ours, as someone who doubts would write them."""
    import hashlib

    away = (Recusal(inspector_id=an_id(3, 0), enterprise_id=an_id(2, 3)),)
    mixed = [*objects(12, "C"), *objects(9, "D", start=12), *objects(30, "A", "F", 21)]
    shares = {"C": Fraction(1, 3), "D": Fraction(1, 2), "A": Fraction(1, 10)}
    strata = stratify(mixed, shares, {"F": 2})
    file = a_file(a_list(mixed, strata=strata, recusals=away), public_value="3 11")
    doc = json.loads(msgspec.json.encode(file))
    text = json.dumps(doc["list"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(f"{doc['seed']}\n{text}".encode()).hexdigest() == doc["commitment"]

    def lot(*what):
        whole = "\n".join([doc["seed"], doc["public_value"], doc["list"]["draw_id"], *what])
        return hashlib.sha256(whole.encode()).hexdigest()

    left = {json.dumps(s): s["take"] for s in doc["list"]["strata"]}
    load, results = Counter(), []
    for one in sorted(doc["list"]["objects"], key=lambda o: lot("object", o["premises_id"])):
        for s in doc["list"]["strata"]:
            fits = s["grade"] == one["grade"] and s["industry"] in (None, one["industry"])
            if fits and left[json.dumps(s)]:
                left[json.dumps(s)] -= 1
                kept = [
                    r["inspector_id"]
                    for r in doc["list"]["recusals"]
                    if r["enterprise_id"] == one["enterprise_id"]
                ]
                free = [i["inspector_id"] for i in doc["list"]["inspectors"] if i["inspector_id"] not in kept]
                free.sort(key=lambda i: (load[i], lot("inspector", one["premises_id"], i)))
                load.update(free[:2])
                results.append(
                    {"rank": len(results) + 1, "premises_id": one["premises_id"], "inspectors": free[:2]}
                )
    assert results == doc["results"]
    assert Counter(s["take"] for s in doc["list"]["strata"]) == Counter([4, 5, 2])


def test_a_true_file_holds():
    assert differences(read(msgspec.json.encode(a_file()))) == []
    value = a_file(a_list(public_source="某彩票", public_on=date(2026, 2, 1)), public_value="3 11")
    assert differences(read(msgspec.json.encode(value))) == []


def swapped(file):
    file["results"][0], file["results"][1] = file["results"][1], file["results"][0]


def other_inspector(file):
    file["results"][0]["inspectors"].reverse()


def other_seed(file):
    file["seed"] = "5f" + file["seed"][2:]


def one_less(file):
    file["results"].pop()


def one_object_gone(file):
    file["list"]["objects"].pop()


def another_take(file):
    file["list"]["strata"][0]["take"] -= 1


def invented_value(file):
    file["public_value"] = "1"


def unequal_spelling(file):
    file["public_value"] = "01"


@pytest.mark.parametrize(
    "tamper",
    [
        swapped,
        other_inspector,
        other_seed,
        one_less,
        one_object_gone,
        another_take,
        invented_value,
        unequal_spelling,
    ],
)
def test_whatever_is_changed_in_a_file_is_noticed(tamper):
    file = json.loads(msgspec.json.encode(a_file()))
    tamper(file)
    assert differences(read(json.dumps(file).encode()))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"state":"revealed"}',
        msgspec.json.encode(a_file(lists={"format": "other/1"})),
        msgspec.json.encode(a_file(lists=a_list().document() | {"more": 1})),
        msgspec.json.encode(a_file(lists=a_list().document() | {"number": "1"})),
        msgspec.json.encode(
            a_file(lists=a_list().document() | {"objects": a_list().document()["objects"][::-1]})
        ),
    ],
)
def test_what_is_no_file_of_a_draw_is_refused(content):
    with pytest.raises(BadFile):
        differences(read(content))


def verified(tmp_path, content):
    path = tmp_path / "draw.json"
    path.write_bytes(content)
    return CliRunner().invoke(cli.draw, ["verify", str(path)])


def test_the_command_says_whether_a_draw_holds(tmp_path):
    file = a_file()
    holds = verified(tmp_path, msgspec.json.encode(file))
    assert (holds.exit_code, "Holds 相符" in holds.output) == (cli.HOLDS, True)
    changed = json.loads(msgspec.json.encode(file))
    swapped(changed)
    differs = verified(tmp_path, json.dumps(changed).encode())
    assert (differs.exit_code, differs.output.count("rank 名次")) == (cli.DIFFERS, 2)
    hidden = msgspec.structs.replace(file, state="committed", seed=None, results=[])
    assert verified(tmp_path, msgspec.json.encode(hidden)).exit_code == cli.NOT_YET
    assert verified(tmp_path, b"{}").exit_code == cli.UNREADABLE


def test_the_command_needs_neither_database_nor_configuration(tmp_path):
    path = tmp_path / "draw.json"
    path.write_bytes(msgspec.json.encode(a_file()))
    run = subprocess.run(
        [sys.executable, "-m", "yicha_cli", "draw", "verify", str(path)],
        env={"PATH": "", "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
