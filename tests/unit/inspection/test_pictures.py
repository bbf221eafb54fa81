"""What is kept of a picture, and what is not."""

import pytest

from services.chassis.errors import Invalid
from services.inspection.evidence.picture import without_notes
from tests.builders import pictures


@pytest.mark.parametrize("content", [pictures.a_jpeg(), pictures.a_png(), pictures.a_jpeg(progressive=True)])
def test_a_picture_without_notes_is_kept_as_it_came(content):
    assert without_notes(content)[1] == content


@pytest.mark.parametrize("content", [pictures.a_jpeg_with_notes(), pictures.a_png_with_notes()])
def test_notes_go_and_the_pixels_stay(content):
    _, kept = without_notes(content)
    assert len(kept) < len(content)
    assert pictures.pixels(kept) == pictures.pixels(content)
    for told in (b"Exif", b"GPS", b"home of the inspector", b"street", b"Location", pictures.HOME.encode()):
        assert told not in kept


def test_what_only_the_notes_said_of_up_and_down_is_drawn():
    _, kept = without_notes(pictures.a_jpeg_with_notes(orientation=6))
    assert pictures.size(kept) == pictures.SIZE[::-1]
    assert b"Exif" not in kept
    assert pictures.HOME.encode() not in kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a\x01\x00\x01\x00",
        pictures.a_jpeg()[:-40],
        pictures.a_png()[:-20],
        b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 20,
    ],
)
def test_what_is_no_whole_picture_is_refused(content):
    with pytest.raises(Invalid):
        without_notes(content)
