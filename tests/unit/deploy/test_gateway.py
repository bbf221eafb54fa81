"""What the gateway of the composed product passes on, by its own file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from services.inspection.evidence.model import LARGEST as EVIDENCE
from services.inspection.sheets.api import LARGEST as SHEET
from services.registry.imports.allowed import LARGEST_OWN
from services.registry.photos.picture import LARGEST_FILE as PHOTO

ROOT = Path(__file__).parents[3]
CONFIGURATION = (ROOT / "deploy" / "nginx" / "yicha.conf").read_text("utf-8")
LOCATIONS = re.findall(r"^    location (=|~|) ?(\S+) \{(.*?)\}$", CONFIGURATION, re.DOTALL | re.MULTILINE)
FRONT_ENDS = sorted(page.parent.name for page in (ROOT / "web").glob("*/index.html"))
UNITS = {"m": 1024**2, "g": 1024**3}
IDENT = "019a0000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("name", FRONT_ENDS)
def test_every_front_end_has_its_way(name):
    assert "proxy_pass" in location(f"/{name}/")
    assert "proxy_pass" in location(f"/{name}/assets/main.js")


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/api/registry/v1/imports", LARGEST_OWN),
        ("/api/registry/v1/imports/preview", LARGEST_OWN),
        ("/api/inspection/v1/order-sheets", SHEET),
        (f"/api/inspection/v1/orders/{IDENT}/evidence", EVIDENCE),
        (f"/api/registry/v1/inspectors/{IDENT}/photo", PHOTO),
    ],
)
def test_what_a_service_takes_comes_through(path, size):
    number, unit = re.search(r"client_max_body_size (\d+)([mg]);", location(path)).groups()
    assert int(number) * UNITS[unit] >= size


def test_what_operators_ask_stays_inside():
    assert "return 404" in location("/api/registry/metrics")


def test_what_never_reaches_a_service_is_said_in_both_languages():
    said = re.search(r"error_page ([\d ]+) \$said_as;", CONFIGURATION)[1].split()
    assert {"404", "413", "429", "502", "503", "504"} == set(said)
    for name in ("title_zh", "remedy_zh", "title_en", "remedy_en"):
        words = re.search(rf"map \$status \${name} \{{(.*?)\}}", CONFIGURATION, re.DOTALL)[1]
        assert all(f"{status} " in words for status in ("default", "404", "413", "429")), name
    document = re.search(r"return 200 '(\{.*\})';", CONFIGURATION)[1]
    filled = re.sub(r"\$\w+", "1", document)
    assert set(json.loads(filled)) >= {"type", "title", "status", "detail", "remedy", "code", "zh", "en"}


def location(path: str) -> str:
    """By nginx's order: the exact one, the first expression in the file, the longest beginning."""
    for sign, wanted, body in LOCATIONS:
        if sign == "=" and wanted == path:
            return body
    for sign, wanted, body in LOCATIONS:
        if sign == "~" and re.search(wanted, path):
            return body
    begun = [(len(wanted), body) for sign, wanted, body in LOCATIONS if not sign and path.startswith(wanted)]
    return max(begun)[1]
