"""`yicha test`: all tests on real Postgres and real Kafka."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

_REPOSITORY = Path(__file__).parents[1]
_PARALLEL = ("-n", "2", "--dist", "loadgroup")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run all tests, or what ARGUMENTS tell pytest. Installs what the rig needs, once.

    Postgres comes with the packages. Kafka is taken from YICHA_TEST_KAFKA, from a Docker engine that
    answers, or fetched by Maven.
    """
    prepare_rig()
    parallel = (
        () if any(argument.startswith(("-n", "--pdb", "--collect")) for argument in arguments) else _PARALLEL
    )
    os.chdir(_REPOSITORY)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *parallel, *arguments])


def prepare_rig() -> None:
    from tests.rig import containers
    from tests.rig.kafka_programs import RigMissing, formatted, have_jars

    if os.environ.get("YICHA_TEST_KAFKA") or containers.wanted():
        return
    try:
        if not have_jars():
            _install_maven()
            click.echo("Fetching Kafka for the tests (once) … 正在下载测试用 Kafka（仅首次）…", err=True)
        formatted()
    except RigMissing as missing:
        raise click.ClickException(str(missing)) from None


def _install_maven() -> None:
    """As root on Debian; elsewhere the message of the rig says what to do."""
    if shutil.which("mvn") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    click.echo("Installing Maven for the tests (once) … 正在安装 Maven（仅首次）…", err=True)
    Path("/usr/share/man/man1").mkdir(
        parents=True, exist_ok=True
    )  # slim images lack it, Java's package needs it
    patient = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", "maven"]):
        answer = subprocess.run([*patient, *command], capture_output=True, text=True, env=_quiet())
        if answer.returncode:
            raise click.ClickException(
                f"apt-get could not install Maven:\n{(answer.stdout + answer.stderr)[-2000:]}"
            )


def _quiet() -> dict[str, str]:
    return dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
