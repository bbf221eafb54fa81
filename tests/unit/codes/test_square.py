"""Squares are read back by a decoder that is not ours."""

import re
from io import BytesIO

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from services.chassis.codes import square
from services.chassis.codes.image import image
from services.chassis.codes.link import code_in, link

DIGITS = "12" * 114 + "1"
LINK = link("https://yicha.example.gov.cn", DIGITS)


def decoded(picture):
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def painted(svg):
    """The strokes of the SVG on a bitmap, eight pixels a module."""
    size = int(re.search(r"0 0 (\d+)", svg)[1])
    picture = Image.new("L", (size, size), 255)
    x = y = 0
    for pen, right, down, length in re.findall(r"([Mm])(\d+) (\d+)(?:\.5)?h(\d+)", svg):
        x, y = (int(right), int(down)) if pen == "M" else (x + int(right), y)
        picture.paste(0, (x, y, x + int(length), y + 1))
        x += int(length)
    return picture.resize((size * 8, size * 8), Image.Resampling.NEAREST)


def answer(form, **headers):
    with Flask("test").test_request_context(headers=headers):
        return image(LINK, form)


@pytest.mark.parametrize("printed", [False, True])
def test_a_png_is_read_back(printed):
    assert decoded(Image.open(BytesIO(square.png(LINK, printed=printed)))) == [LINK]


@pytest.mark.parametrize("printed", [False, True])
def test_an_svg_is_read_back(printed):
    assert decoded(painted(square.svg(LINK, printed=printed))) == [LINK]


@pytest.mark.parametrize(("printed", "version"), [(False, 6), (True, 7)])
def test_a_link_fits_version_6_on_screens_and_7_in_print(printed, version):
    assert len(square.matrix(LINK, printed=printed)) == 17 + 4 * version + 2 * square.QUIET_ZONE


def test_pictures_are_small():
    assert len(square.png(LINK)) < 1000
    assert len(square.svg(LINK)) < 3600


def test_a_link_is_upper_case_and_gives_its_code_back():
    assert f"HTTPS://YICHA.EXAMPLE.GOV.CN/Q/{DIGITS}" == LINK
    assert code_in(LINK) == DIGITS
    assert code_in(" 7kq-m3d-9xa ") == "7kq-m3d-9xa"


@pytest.mark.parametrize(("form", "mimetype"), [("png", "image/png"), ("svg", "image/svg+xml")])
def test_a_picture_is_drawn_once_and_then_only_confirmed(form, mimetype):
    first = answer(form)
    assert (first.status_code, first.mimetype) == (200, mimetype)
    again = answer(form, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert (
        again.headers["ETag"]
        == first.headers["ETag"]
        != answer("svg" if form == "png" else "png").headers["ETag"]
    )
