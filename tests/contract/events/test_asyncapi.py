"""The AsyncAPI document, judged by the project's own parser."""

import shutil
import subprocess
from pathlib import Path

import pytest

from events import asyncapi
from events.model import CATALOGUE
from tests.rig.npm import installed, node

HERE = Path(__file__).parent / "asyncapi"


@pytest.fixture(scope="session")
def parser() -> Path:
    """`@asyncapi/parser`, installed from its lock into the rig's cache once."""
    folder = installed(HERE)
    shutil.copy(HERE / "validate.mjs", folder)
    return folder


def judge(parser: Path, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [node(), "validate.mjs"], cwd=parser, input=text, capture_output=True, text=True, timeout=120
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
