"""A camera before which a picture is held: pages read its pixels as they would a real one's. They are painted and not
loaded, because some pages let no picture in."""

from __future__ import annotations

import json
from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page

_CAMERA = """
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  const {width, height, grey} = window.held, picture = new ImageData(width, height);
  Array.from(atob(grey), (one, at) => picture.data.set([one.charCodeAt(0), one.charCodeAt(0), one.charCodeAt(0), 255], 4 * at));
  const paper = Object.assign(document.createElement('canvas'), {width, height});
  paper.getContext('2d').putImageData(picture, 0, 0);
  const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 640});
  const draw = () => { const it = canvas.getContext('2d'); it.fillStyle = '#fff'; it.fillRect(0, 0, 640, 640);
    it.imageSmoothingEnabled = false; it.drawImage(paper, 70, 70, 500, 500) };
  draw(); setInterval(draw, 100);
  return canvas.captureStream(10);
};
"""
NO_PERMISSION = (
    "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
)


def hold(page: Page, picture: bytes) -> None:
    """Before the camera of all pages of this browser, from their next load on. `picture`: PNG."""
    page.context.add_init_script(f"window.held = {json.dumps(_seen(picture))}; {_CAMERA}")


def hold_instead(page: Page, picture: bytes) -> None:
    """Before the camera of this page, the next time it is opened: what is held is seldom good for longer than a minute."""
    page.evaluate("seen => { window.held = seen }", _seen(picture))


def _seen(picture: bytes) -> dict[str, Any]:
    with Image.open(BytesIO(picture)) as opened:
        grey = opened.convert("L")
    return {"width": grey.width, "height": grey.height, "grey": b64encode(grey.tobytes()).decode()}
