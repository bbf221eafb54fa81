"""What the tour leaves behind."""

import tempfile

from click.testing import CliRunner

from deploy.local.processes import free_port
from tour.cli import tour


def test_pictures_that_nobody_asked_for_are_thrown_away(database, tmp_path, monkeypatch):
    """Also by a tour that finds nobody at home."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    accounts = tmp_path / "accounts.json"
    accounts.write_text("{}")
    answer = CliRunner(env={"YICHA_EVENT_LOG_URL": database.event_log_url}).invoke(
        tour,
        ["--url", f"http://127.0.0.1:{free_port()}", "--data", str(tmp_path), "--accounts", str(accounts)],
    )
    assert (answer.exit_code, list(tmp_path.iterdir())) == (1, [accounts]), answer.output
