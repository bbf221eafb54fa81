"""What is kept of a picture: its pixels and how to show their colours. A camera's notes, the place among them, are not
evidence that anybody asked for. Nothing is drawn anew, unless only those notes say which side is up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from services.chassis.errors import Invalid

_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}
_MOST_PIXELS = 25_000_000
_ORIENTATION = 0x0112
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_NOTES = frozenset({0xFE, *range(0xE0, 0xF0)})
_COLOURS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_JFIF_WITHOUT_THUMBNAIL = 16
_CHUNKS = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"cHRM",
        b"gAMA",
        b"iCCP",
        b"sBIT",
        b"sRGB",
        b"bKGD",
        b"pHYs",
    }
)


def without_notes(content: bytes) -> tuple[str, bytes]:
    """Its media type, and the same bytes where there is nothing to take out. Raises Invalid for what is no whole
    picture."""
    try:
        kind, upright = _upright(content)
        parts = _segments(upright) if kind == "JPEG" else _chunks(upright)
        return _FORMATS[kind], b"".join(parts)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
        IndexError,
    ):
        raise Invalid({"/file": "应为完整的 JPEG 或 PNG 图片 / not a whole JPEG or PNG picture"}) from None


def _upright(content: bytes) -> tuple[str, bytes]:
    """Decoded to the end, a JPEG at an eighth of its size, so that a torn file is found out now and not in court."""
    with Image.open(BytesIO(content), formats=tuple(_FORMATS)) as given:
        kind, (width, height) = str(given.format), given.size
        if width * height > _MOST_PIXELS:
            raise Invalid({"/file": "图片超过 2500 万像素 / more than 25 million pixels"})
        turned = given.getexif().get(_ORIENTATION, 1) != 1
        if not turned:
            given.draft("RGB", (width // 8 or 1, height // 8 or 1))
        given.load()
        return kind, _turned(given, kind) if turned else content


def _turned(given: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    ImageOps.exif_transpose(given).save(out, kind, quality=92)
    return out.getvalue()


def _segments(content: bytes) -> Iterator[bytes]:
    """JPEG (ITU-T T.81, B.1): what comes after the end of the image is left out as well."""
    yield content[:2]
    at = 2
    while content[at + 1] != 0xD9:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        end = at + 2 + length
        if content[at] != 0xFF or length < 2:
            raise ValueError("not a marker")
        if marker == 0xDA:
            following = _NEXT_MARKER.search(content, end)
            end = following.start() if following else len(content)
        if _is_picture(marker, content[at + 4 : end], length):
            yield content[at:end]
        at = end
    yield b"\xff\xd9"


def _is_picture(marker: int, said: bytes, length: int) -> bool:
    if marker not in _NOTES:
        return True
    if marker == 0xE0 and length != _JFIF_WITHOUT_THUMBNAIL:
        return False
    return marker in _COLOURS and said.startswith(_COLOURS[marker])


def _chunks(content: bytes) -> Iterator[bytes]:
    """PNG (ISO/IEC 15948): up to IEND, without texts, times and Exif."""
    yield content[:8]
    at, kind = 8, b""
    while kind != b"IEND":
        kind, end = content[at + 4 : at + 8], at + 12 + int.from_bytes(content[at : at + 4])
        if len(kind) < 4:
            raise ValueError("no end")
        if kind in _CHUNKS:
            yield content[at:end]
        at = end
