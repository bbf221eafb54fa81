"""The draw as a pure function: fair, the same for everybody, and hard to argue with."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from fractions import Fraction
from random import Random
from uuid import UUID

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from services.inspection.draws import cli
from services.inspection.draws.file import BadFile, DrawFile, differences, read
from services.inspection.draws.model import (
    DrawList,
    Inspector,
    Object,
    Recusal,
    canonical,
    commitment,
    draw,
    public_value,
    short_of_inspectors,
    stratify,
    take,
)

SEED = "5e" * 32


def an_id(kind, number):
    return UUID(int=kind << 96 | number)


def objects(count, grade="B", industry="C", start=0):
    return [
        Object(premises_id=an_id(1, n), enterprise_id=an_id(2, n), grade=grade, industry=industry)
        for n in range(start, start + count)
    ]


def inspectors(count):
    return [Inspector(inspector_id=an_id(3, n), certificate=f"3213****{n:03}") for n in range(count)]


def a_list(of=None, share=Fraction(1, 2), limits=None, **changes):
    of = objects(20) if of is None else of
    shares = dict.fromkeys({one.grade for one in of}, share)
    given = {
        "draw_id": an_id(4, 1),
        "agency_id": an_id(5, 1),
        "number": 1,
        "previous": None,
        "purpose": "“双随机”抽查\n",
        "domain": "emergency",
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 6, 30),
        "per_object": 2,
        "industries": ("C",),
        "public_source": None,
        "public_on": None,
        "strata": stratify(of, shares, limits),
        "objects": tuple(of),
        "inspectors": tuple(inspectors(6)),
        "recusals": (),
    }
    return DrawList(**given | changes)


def a_file(listed=None, seed=SEED, **changes):
    listed = listed or a_list()
    given = {
        "state": "revealed",
        "commitment": commitment(seed, listed.document()),
        "lists": listed.document(),
        "seed": seed,
        "public_value": None,
        "reason": None,
        "results": draw(listed, seed, changes.get("public_value")),
    }
    return DrawFile(**given | changes)


seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)
recusals = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 19)), max_size=30)


@given(seeds, st.randoms())
def test_the_order_of_the_input_does_not_matter(seed, chance):
    listed = a_list()
    shuffled = a_list(objects(20))
    mixed = {
        name: tuple(chance.sample(getattr(shuffled, name), len(getattr(shuffled, name))))
        for name in ("objects", "inspectors", "strata")
    }
    other = DrawList(**vars(shuffled) | mixed)
    assert draw(other, seed, None) == draw(listed, seed, None)
    assert commitment(seed, other.document()) == commitment(seed, listed.document())


@given(seeds, recusals)
def test_nobody_is_sent_where_they_are_recused(seed, pairs):
    away = tuple(Recusal(inspector_id=an_id(3, i), enterprise_id=an_id(2, e)) for i, e in pairs)
    listed = a_list(recusals=away)
    if short_of_inspectors(listed):
        return
    enterprise_of = {one.premises_id: one.enterprise_id for one in listed.objects}
    kept = {(one.inspector_id, one.enterprise_id) for one in away}
    for one in draw(listed, seed, None):
        assert len(set(one.inspectors)) == 2
        assert not kept & {(inspector, enterprise_of[one.premises_id]) for inspector in one.inspectors}


@given(seeds, st.integers(0, 20), st.integers(0, 20))
def test_a_larger_share_adds_to_a_smaller_one_and_takes_nobody_off(seed, less, more):
    less, more = sorted((less, more))
    few, many = (
        [one.premises_id for one in draw(a_list(share=Fraction(count, 20)), seed, None)]
        for count in (less, more)
    )
    assert (len(few), len(many)) == (less, more)
    assert few == [premises for premises in many if premises in few]


@given(seeds, st.integers(1, 40), st.integers(2, 9))
def test_the_load_is_even_where_nobody_is_recused(seed, count, staff):
    listed = a_list(objects(count), Fraction(1), inspectors=tuple(inspectors(staff)))
    loads = Counter(inspector for one in draw(listed, seed, None) for inspector in one.inspectors)
    sent = [loads[one.inspector_id] for one in listed.inspectors]
    assert max(sent) - min(sent) <= 1


@given(st.fractions(0, 1).filter(bool), st.integers(0, 10_000), st.integers(0, 200))
def test_f6_the_best_graded_are_rounded_down_and_never_exceed_what_is_left(share, size, limit):
    assert 0 <= take(share, size, limit) <= min(limit, share * size)
    assert share * size <= take(share, size, None) < share * size + 1


def chi_square(counts, expected):
    return sum((count - expected) ** 2 / expected for count in counts)


def test_every_object_is_drawn_equally_often():
    """Two thousand fixed seeds; the statistic stays below the 99.9 % point of its distribution (19 degrees: 43.8)."""
    chance, listed, hits, firsts = Random(54), a_list(), Counter(), Counter()
    for _ in range(2000):
        drawn = draw(listed, chance.randbytes(32).hex(), None)
        hits.update(one.premises_id for one in drawn)
        firsts[drawn[0].premises_id] += 1
    assert chi_square([firsts[one.premises_id] for one in listed.objects], 100) < 43.8
    # drawn without replacement: the variance of a count is half of what independent draws would have
    assert chi_square([hits[one.premises_id] for one in listed.objects], 1000) / (10 / 19) < 43.8


def test_every_inspector_is_sent_equally_often_to_the_first_object():
    chance, listed, sent = Random(825), a_list(), Counter()
    for _ in range(1200):
        sent.update(draw(listed, chance.randbytes(32).hex(), None)[0].inspectors)
    assert chi_square([sent[one.inspector_id] for one in listed.inspectors], 400) / (4 / 5) < 20.5


def test_a_public_value_changes_the_result_and_not_the_commitment():
    listed = a_list()
    one, other = draw(listed, SEED, "3 11 17"), draw(listed, SEED, "3 11 18")
    assert one != other
    assert one == draw(listed, SEED, "3 11 17")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("03 11 17", "3 11 17"),
        (" 3，11、17 ", "3 11 17"),
        ("007", "7"),
        ("3-11", "3 11"),
        ("0", "0"),
        ("", None),
        ("红球 3", None),
        ("3.11", None),
        ("٣", None),
        ("1" * 10, None),
    ],
)
def test_a_public_value_has_one_spelling(written, value):
    assert public_value(written) == value
    assert value is None or public_value(value) == value


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


def test_an_enterprise_from_which_nearly_all_are_recused_is_named():
    away = tuple(Recusal(inspector_id=an_id(3, n), enterprise_id=an_id(2, 7)) for n in range(5))
    assert short_of_inspectors(a_list(recusals=away)) == [an_id(2, 7)]
    assert short_of_inspectors(a_list(recusals=away[:4])) == []
