"""Small pictures as a phone makes them, and what a camera writes beside them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

HOME = "宿迁某小区 3 幢"
SIZE = (64, 48)


def a_jpeg(colour: str = "red", **notes: Any) -> bytes:
    return _saved("JPEG", colour, quality=95, **notes)


def a_jpeg_with_notes(orientation: int = 1) -> bytes:
    """Exif with a place, a comment, and something after the end of the image."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = "home of the inspector"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (33.0, 57.0, 36.0)
    return a_jpeg(exif=exif, comment=HOME.encode()) + b"a moving picture of the street"


def a_png(colour: str = "black") -> bytes:
    return _saved("PNG", colour)


def a_png_with_notes() -> bytes:
    notes = PngInfo()
    notes.add_itxt("Location", HOME)
    return _saved("PNG", "black", pnginfo=notes)


def pixels(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as picture:
        return picture.tobytes()


def size(content: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(content)) as picture:
        return picture.size


def _saved(kind: str, colour: str, **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", SIZE, colour).save(out, kind, **more)
    return out.getvalue()
