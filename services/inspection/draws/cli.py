"""`yicha draw verify FILE`: draw again from the published file, without a network or a database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from services.inspection.draws.file import BadFile, DrawFile, differences, listed, read, verifiable

HOLDS, DIFFERS, UNREADABLE, NOT_YET = 0, 1, 2, 3


@click.group("draw")
def draw() -> None:
    """Look after 双随机 draws. 核验双随机抽取。"""


@draw.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Check the commitment and draw again from the seed and the lists of FILE (GET /draws/{id}/file).

    Exit code 0: all holds. 1: something differs. 2: no file of a draw. 3: not revealed yet.
    """
    try:
        published = read(file.read_bytes())
        sys.exit(_verify(published))
    except BadFile as error:
        click.echo(f"Not a file of a draw 不是抽取文件: {error}", err=True)
        sys.exit(UNREADABLE)


def _verify(published: DrawFile) -> int:
    known = listed(published.lists)
    click.echo(f"Draw 抽取      {known.draw_id}  no. {known.number}  {known.purpose}")
    click.echo(f"State 状态     {published.state}")
    click.echo(f"Lists 名单     {len(known.objects)} objects 对象, {len(known.inspectors)} inspectors 人员")
    if not verifiable(published):
        click.echo(f"Commitment 承诺 {published.commitment}")
        click.echo("Not revealed yet: keep this commitment and compare later 尚未揭示，请保存承诺值备查")
        return NOT_YET
    if known.public_source:
        click.echo(f"Public value 公开值 {published.public_value or '-'}")
        click.echo(f"   compare it with its source 请与来源核对: {known.public_source}, {known.public_on}")
    found = differences(published)
    for difference in found:
        click.echo(f"DIFFERS 不符: {difference}")
    if found:
        return DIFFERS
    click.echo(f"Holds 相符: commitment and {len(published.results)} results 承诺值与全部结果一致")
    return HOLDS
