"""The WSGI application of a web process: one service, or several behind one port."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, cast

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from deploy.front_ends import with_front_ends
from deploy.https import staying
from deploy.parent import follow_parent
from services.chassis.app import close
from services.chassis.settings import Service, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SERVE = "YICHA_SERVE"
BEHIND_PROXY = "YICHA_BEHIND_PROXY"  # else anyone could choose the address that limits count by
_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>一查 Yicha</title><h1>一查 Yicha</h1>
<p>综合查一次：涉企行政检查平台。Inspections of enterprises, checked once.</p>
<ul><li><a href="/inspector/">执法人员（手机）Inspectors</a></li><li><a href="/desk/">工作台 Desk</a></li>
<li><a href="/enterprise/">企业（验证码进入）Enterprises</a></li></ul>
<h2>接口文档 API documentation</h2><ul>{links}</ul></html>"""


def create() -> WSGIApplication:
    """Built in each worker of the server, for the services that YICHA_SERVE names."""
    names = os.environ[SERVE].split(",")
    apps = {name: _app(cast("Service", name)) for name in names}
    Finalize(None, _close, args=(list(apps.values()),), exitpriority=100)
    follow_parent()
    served = with_front_ends(OnePort(apps) if len(apps) > 1 else apps[names[0]])
    public_url = Settings.from_env(cast("Service", names[0])).public_url
    gc.collect()
    gc.freeze()  # what was built stays; looking through it again stops all threads for 100 ms
    return staying(served, public_url)


def load(names: Iterable[str]) -> None:
    """Import the services before the server forks: once for all its workers, sharing the memory."""
    for name in names:
        import_module(f"services.{name}.app")


def _app(service: Service) -> Flask:
    module = import_module(f"services.{service}.app")
    app: Flask = module.build()
    module.equip(app, Settings.from_env(service))
    if os.environ.get(BEHIND_PROXY) == "1":
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)
    return app


def _close(apps: Iterable[Flask]) -> None:
    for app in apps:
        close(app)


class OnePort:
    """Sends a request to its service by the path: `/api/<service>/…`, and scanned codes to inspection."""

    def __init__(self, apps: Mapping[str, Flask]) -> None:
        self._apps = apps
        self._other = next(iter(apps.values()))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/":
            return _index(self._apps, start_response)
        return self._service(path)(environ, start_response)

    def _service(self, path: str) -> Flask:
        match path.split("/", 3)[1:]:
            case ["api", name, *_]:
                return self._apps.get(name, self._other)
            case ["Q", *_]:
                return self._apps.get("inspection", self._other)
            case _:
                return self._other


def _index(names: Iterable[str], start_response: StartResponse) -> Iterable[bytes]:
    links = "".join(f'<li><a href="/api/{name}/docs/">{name}</a></li>' for name in names)
    page = _PAGE.format(links=links).encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response("200 OK", headers)
    return [page]
