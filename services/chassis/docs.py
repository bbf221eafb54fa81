"""The try-out page of the API, from our own origin: no file comes from elsewhere."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, send_from_directory

from services.chassis.identity import open_to_all

_DIST = Path(flask_swagger_ui.__file__).parent / "dist"
_OPEN = "the documentation is public"
_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>一查 · {service}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="ui/swagger-ui.css">
<div id="ui"></div><script src="ui/swagger-ui-bundle.js"></script><script src="start.js"></script></html>"""
_START = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#ui",
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
})
"""


def blueprint(service: str) -> Blueprint:
    docs = Blueprint("docs", __name__, url_prefix=f"/api/{service}/docs")

    @docs.get("/")
    @open_to_all(_OPEN)
    def page() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(_PAGE.format(service=service), mimetype="text/html")

    @docs.get("/start.js")
    @open_to_all(_OPEN)
    def start() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(_START, mimetype="text/javascript")

    @docs.get("/ui/<path:name>")
    @open_to_all(_OPEN)
    def ui(name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        return send_from_directory(_DIST, name)

    return docs
