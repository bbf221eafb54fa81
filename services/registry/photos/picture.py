"""From what was uploaded to what is shown: drawn anew, so that nothing but the picture remains of it."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from services.chassis.errors import Invalid

LARGEST_FILE = 5 * 1024 * 1024
_LARGEST_SIDE = 8000
_SHOWN = (480, 640)
_FORMATS = ("JPEG", "PNG")


def portrait(file: BinaryIO) -> bytes:
    """A JPEG of at most 480 × 640, upright, without a camera's notes. Raises Invalid."""
    try:
        with Image.open(file, formats=_FORMATS) as given:
            if max(given.size) > _LARGEST_SIDE:
                raise Invalid({"/file": "图片边长超过 8000 像素 · more than 8000 pixels wide or high"})
            upright = ImageOps.exif_transpose(given).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid({"/file": "应为 JPEG 或 PNG 图片 · not a JPEG or PNG picture"}) from None
    upright.thumbnail(_SHOWN)
    out = BytesIO()
    upright.save(out, "JPEG", quality=85)
    return out.getvalue()
