"""`yicha up`: the product on one machine, until Ctrl-C."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from types import FrameType

import click

from deploy.local.folder import AlreadyRunning, Folder, default_folder
from deploy.local.postgres import FolderInUse, PostgresFailed
from deploy.local.processes import NotHere, is_free
from deploy.local.stack import Stack, StartFailed

_LEFTOVERS_SECONDS = 10.0


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="Folder of everything kept. 数据目录")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets phones in. 允许手机访问")
@click.option("--public-url", help="What scanned codes point at. 二维码指向的地址")
@click.option("--empty", is_flag=True, help="No demo city on first start. 首次启动不载入示范城市")
def up(data: Path | None, port: int, host: str, public_url: str | None, empty: bool) -> None:
    """Start everything on this machine: database, services, workers, and at first a demo city."""
    folder = Folder(data or default_folder())
    _take(folder, port, host)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    stack = Stack(folder, host, port, public_url or f"http://127.0.0.1:{port}", click.echo)
    try:
        _run(stack, empty)
    except KeyboardInterrupt:
        click.echo("\nStopping 正在停止…")
    except (PostgresFailed, FolderInUse, StartFailed) as error:
        raise click.ClickException(str(error)) from None
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stack.stop()


def _take(folder: Folder, port: int, host: str) -> None:
    try:
        folder.take()
        if _becomes_free(port, host):
            return
        why = f"port {port} is taken 端口已被占用；choose --port"
    except AlreadyRunning as running:
        why = f"Yicha runs already 一查已在运行：{running} ({folder.path})"
    except NotHere as error:
        why = f"nobody can listen at {host}:{port} 无法在此地址监听 ({error})；choose --host, --port"
    except OSError as error:
        why = f"{folder.path} cannot be written 数据目录不可写 ({error.strerror})；choose --data"
    folder.leave()
    raise click.ClickException(why)


def _becomes_free(port: int, host: str) -> bool:
    """The children of a predecessor killed with −9 need a moment to notice."""
    deadline = time.monotonic() + _LEFTOVERS_SECONDS
    while not is_free(port, host):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _run(stack: Stack, empty: bool) -> None:
    click.echo("Database 数据库 …")
    stack.open_database()
    if empty:
        stack.folder.remember("demo-city")
    else:
        stack.load_demo_city()
    click.echo("Services 服务 …")
    stack.start()
    stack.folder.say_where(stack.url)
    click.echo(_welcome(stack.url, stack.folder.accounts))
    stack.keep()


def _welcome(url: str, accounts: Path) -> str:
    lines = ["", f"  一查 Yicha   {url}", *_who(accounts), "", "  Ctrl-C stops everything 停止全部", ""]
    return "\n".join(lines)


def _who(accounts: Path) -> list[str]:
    """The demo city's accounts, shortened: one agency stands for all."""
    if not accounts.exists():
        return []
    passwords: dict[str, str] = json.loads(accounts.read_text("utf-8"))
    agency = next((name.partition(".")[2] for name in passwords if name.startswith("clerk.")), "")
    shown = [name for name in passwords if "." not in name or name.split(".")[1] == agency]
    lines = [f"    {name:<24} {passwords[name]}" for name in shown]
    return ["", "  Accounts of the demo city 示范账号", *lines, f"    … {accounts}"]


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
