"""The AsyncAPI document, judged by the project's own parser."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from events import asyncapi
from events.model import CATALOGUE
from tests.rig.kafka_programs import cache

HERE = Path(__file__).parent / "asyncapi"
BIN = Path(sys.executable).parent


@pytest.fixture(scope="session")
def parser() -> Path:
    """`@asyncapi/parser`, installed from its lock into the rig's cache once."""
    lock = (HERE / "package-lock.json").read_bytes()
    folder = cache() / "asyncapi"
    stamp = folder / "stamp"
    if not (stamp.exists() and stamp.read_bytes() == lock):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(HERE, folder)
        subprocess.run(
            [BIN / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=240,
        )
        stamp.write_bytes(lock)
    shutil.copy(HERE / "validate.mjs", folder)
    return folder


def judge(parser: Path, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "node", "validate.mjs"], cwd=parser, input=text, capture_output=True, text=True, timeout=120
    )


def test_the_document_is_valid(parser):
    answer = judge(parser, asyncapi.render())
    assert answer.returncode == 0, answer.stderr


def test_the_judge_would_notice(parser):
    broken = asyncapi.render().replace('"action": "send"', '"action": "shout"', 1)
    assert judge(parser, broken).returncode == 1


def test_every_event_is_in_a_channel_and_sent_by_its_owner():
    document = asyncapi.document()
    in_channels = {name for channel in document["channels"].values() for name in channel["messages"]}
    assert in_channels == {asyncapi.name_of(cls) for cls in CATALOGUE.values()}
    for cls in CATALOGUE.values():
        contract = cls.contract
        sent = document["operations"][f"{contract.owner}.send.{contract.topic}"]["messages"]
        assert {"$ref": f"#/channels/{contract.topic}/messages/{asyncapi.name_of(cls)}"} in sent
