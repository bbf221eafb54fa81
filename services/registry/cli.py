"""`yicha import KIND FILE`: the same import as through the API, run beside the file."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import correlation
from services.chassis.database import open_pool
from services.chassis.errors import YichaError
from services.chassis.settings import Settings
from services.registry.enterprises.contacts import Vault
from services.registry.imports import report, store
from services.registry.imports.commands import StartImport, start
from services.registry.imports.kind import Kind
from services.registry.imports.kinds import NAMES, kind_of
from services.registry.imports.model import Import, State
from services.registry.imports.run import run


def _mapping(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [pair.rpartition("=") for pair in given]
    if not all(title and field for title, _, field in pairs):
        raise click.BadParameter("write HEADER=field, e.g. 单位=name")
    return {title: field for title, _, field in pairs}


@click.command("import")
@click.argument("kind", type=click.Choice(NAMES))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Count and report everything, load nothing.")
@click.option("--mapping", multiple=True, callback=_mapping, metavar="HEADER=FIELD", help="May be repeated.")
@click.option(
    "--errors", type=click.Path(dir_okay=False, path_type=Path), help="Write refused rows here (CSV)."
)
def import_(kind: str, file: Path, dry_run: bool, mapping: dict[str, str], errors: Path | None) -> None:
    """Import a CSV or spreadsheet of enterprises, agencies, inspectors or items. 导入表格。

    Refused rows do not stop the others. Importing again updates, and never doubles.
    """
    settings = Settings.from_env("registry")
    correlation.begin()
    command = StartImport(path=file, filename=file.name, mapping=mapping, dry_run=dry_run, local=True)
    with (
        open_pool(settings.database_url, 1, "registry-import") as pool,
        pool.connection() as connection,
    ):
        try:
            done = _run(connection, command, kind_of(kind, Vault(settings.secrets_dir)))
        except YichaError as error:
            raise click.ClickException(f"{error.detail.zh}\n{error.detail.en}\n{error.remedy.en}") from None
        if errors:
            _write_report(connection, done.import_id, errors)
    _summarise(done, errors)


def _run(connection: Connection[DictRow], command: StartImport, kind: Kind) -> Import:
    import_id = start(command, kind, connection)
    connection.commit()
    size = command.path.stat().st_size
    with click.progressbar(length=1000, label=f"{kind.name} ({size:,} bytes)") as bar:
        run(
            connection,
            import_id,
            command.path,
            kind,
            told=lambda work: bar.update(round(work.progress * 1000) - bar.pos),
            stop=lambda: False,
        )
    done = store.get(connection, import_id)
    assert done is not None
    return done


def _write_report(connection: Connection[DictRow], import_id: UUID, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for text in report.lines(lambda after, limit: store.faults(connection, import_id, after, limit)):
            file.write(text)


def _summarise(done: Import, errors: Path | None) -> None:
    if done.state is State.FAILED:
        raise click.ClickException(f"{done.problem_zh}\n{done.problem_en}")
    click.echo(
        f"共 {done.rows} 行：新增 {done.created}，更新 {done.updated}，未变 {done.unchanged}，"
        f"拒绝 {done.rejected}，重复 {done.duplicates}"
        f"\n{done.rows} rows: {done.created} created, {done.updated} updated, {done.unchanged} unchanged, "
        f"{done.rejected} rejected, {done.duplicates} duplicates{' (dry run)' if done.dry_run else ''}"
    )
    if done.ignored:
        click.echo(f"未使用的列 · columns not used: {'、'.join(done.ignored)}")
    if errors and done.rejected + done.duplicates:
        click.echo(f"{errors}")
