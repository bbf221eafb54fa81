"""`yicha tour`."""

from __future__ import annotations

import random
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import httpx

from deploy.local.folder import default_folder
from events.errors import Disconnected
from tour import play
from tour.caller import Caller, Unexpected
from tour.cast import assembled
from tour.narrator import Narrator
from tour.stage import Stage
from tour.stream import LiveFigures
from tour.where import Where, found
from tour.witness import Witness

STREAM = "/api/oversight/v1/stream"


@click.command()
@click.option("--url", help="Where the product answers. 产品地址")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of `up`. 数据目录")
@click.option("--accounts", type=click.Path(path_type=Path), help="JSON: name → password. 演示账号文件")
@click.option(
    "--pictures",
    type=click.Path(path_type=Path),
    help="Keep squares and files here; else they are thrown away. 图片存放处",
)
def tour(url: str | None, data: Path | None, accounts: Path | None, pictures: Path | None) -> None:
    """Play the main job against a running product, as its users would, and check every step."""
    where = found(data or default_folder(), url, accounts)
    click.secho(f"一查 · 导览  事件取自 {where.road.events}", bold=True)
    with TemporaryDirectory(prefix="yicha-tour-") as thrown_away:
        try:
            narrator = played(where, pictures or Path(thrown_away))
        except Disconnected as error:
            raise click.ClickException(
                f"连不上事件日志。产品在运行吗？数据在别处的，请加 --data。 "
                f"The log of events does not answer: is `yicha up` running, and with the same --data? ({error})"
            ) from None
    if narrator.failures:
        raise SystemExit(1)


def played(where: Where, pictures: Path) -> Narrator:
    """From the first act to the last; what was not as it should be is in the narrator's `failures`."""
    narrator = Narrator()
    try:
        with set_stage(where, narrator, pictures) as stage:
            play.whole(stage)
    except (Unexpected, httpx.TransportError, TimeoutError, ValueError, LookupError) as error:
        narrator.check("导览走到底", False, f"{type(error).__name__} {error}")
    narrator.end()
    return narrator


@contextmanager
def set_stage(where: Where, narrator: Narrator, pictures: Path) -> Generator[Stage]:
    """Everybody logged in, the log and the coordinator's stream being read."""
    with (
        httpx.Client(timeout=30) as client,
        Witness().watching(where.road) as witness,
    ):
        anyone = Caller(client, where.routes, "任何人 anyone", told=narrator.request)
        narrator.act(0, "开场：登录")
        cast = assembled(anyone, where.passwords)
        with LiveFigures().listening(where.routes.of(STREAM), cast.coordinator.token) as live:
            yield Stage(
                narrator=narrator,
                witness=witness,
                live=live,
                cast=cast,
                messages=where.messages,
                pictures=pictures,
                chance=random.Random(),
            )
