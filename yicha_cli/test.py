"""`yicha test`: all tests on real Postgres, real Kafka and a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

_REPOSITORY = Path(__file__).parents[1]
_PARALLEL = ("-n", "2", "--dist", "loadgroup")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run all tests, or what ARGUMENTS tell pytest. Installs what the rig needs, once.

    Postgres comes with the packages. Kafka is taken from YICHA_TEST_KAFKA, from a Docker engine that
    answers, or fetched by Maven. The browser is Debian's Chromium, or what YICHA_TEST_CHROMIUM names.
    """
    prepare_rig()
    parallel = (
        () if any(argument.startswith(("-n", "--pdb", "--collect")) for argument in arguments) else _PARALLEL
    )
    os.chdir(_REPOSITORY)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *parallel, *arguments])


def prepare_rig() -> None:
    _prepare_kafka()
    _prepare_browser()


def _prepare_kafka() -> None:
    from tests.rig import containers
    from tests.rig.kafka_programs import RigMissing, formatted, have_jars

    if os.environ.get("YICHA_TEST_KAFKA") or containers.wanted():
        return
    try:
        if not have_jars():
            if not shutil.which("mvn"):
                _install("Maven", ["maven"])
            click.echo("Fetching Kafka for the tests (once) … 正在下载测试用 Kafka（仅首次）…", err=True)
        formatted()
    except RigMissing as missing:
        raise click.ClickException(str(missing)) from None


def _prepare_browser() -> None:
    """Without one only the tests that need it fail, so the others may go on."""
    from tests.rig import browser

    if browser.missing():
        _install("Chromium", browser.PACKAGES)
    if problem := browser.missing():
        click.echo(f"The tests of pages will fail 页面测试将失败：{problem}", err=True)


def _install(name: str, packages: Sequence[str]) -> None:
    """As root on Debian; elsewhere the message of the rig says what to do."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    click.echo(f"Installing {name} for the tests (once) … 正在安装 {name}（仅首次）…", err=True)
    Path("/usr/share/man/man1").mkdir(
        parents=True, exist_ok=True
    )  # slim images lack it, Java's package needs it
    patient = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        answer = subprocess.run([*patient, *command], capture_output=True, text=True, env=_quiet())
        if answer.returncode:
            raise click.ClickException(
                f"apt-get could not install {name}:\n{(answer.stdout + answer.stderr)[-2000:]}"
            )


def _quiet() -> dict[str, str]:
    return dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
