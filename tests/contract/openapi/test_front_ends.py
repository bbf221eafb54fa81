"""The front ends' types are made of documents that are the code's."""

from pathlib import Path

import pytest

from services.chassis.settings import SERVICES
from yicha_cli.openapi import document

WRITTEN = Path(__file__).parents[3] / "web" / "api"


@pytest.mark.parametrize("service", SERVICES)
def test_the_written_document_is_what_the_code_says(service):
    """Else: ./yicha openapi web/api"""
    assert (WRITTEN / f"{service}.json").read_bytes() == document(service)
