"""`yicha up` says in one line why it cannot start, and starts nothing."""

import pytest
from click.testing import CliRunner

from yicha_cli.up import up


def refused(*arguments):
    answer = CliRunner().invoke(up, [str(argument) for argument in arguments])
    assert answer.exit_code
    assert isinstance(answer.exception, SystemExit), "a trace instead of a word"
    return answer.output


@pytest.mark.parametrize("place", ["taken", "taken/below"])
def test_a_folder_that_cannot_be_made_is_named(tmp_path, place):
    (tmp_path / "taken").touch()
    said = refused("--data", tmp_path / place)
    assert str(tmp_path / place) in said
    assert "--data" in said


def test_a_port_that_is_none_is_refused(tmp_path):
    assert "65535" in refused("--data", tmp_path, "--port", 80000)


def test_a_host_that_is_not_here_is_not_taken_for_a_used_port(tmp_path):
    said = refused("--data", tmp_path, "--host", "192.0.2.1")
    assert "192.0.2.1" in said
    assert "taken" not in said
