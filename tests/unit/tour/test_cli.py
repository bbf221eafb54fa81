"""What the tour says where there is nothing to see."""

from __future__ import annotations

import json

from click.testing import CliRunner

from tour.cli import tour


def test_a_product_that_was_stopped_is_named_and_not_traced(tmp_path):
    """Nobody listens on port 1."""
    written = {
        "YICHA_EVENTS": "postgres",
        "YICHA_EVENT_LOG_URL": "postgresql://127.0.0.1:1/yicha?connect_timeout=2",
    }
    (tmp_path / "environment.json").write_text(json.dumps(written))
    (tmp_path / "accounts.json").write_text("{}")
    answer = CliRunner().invoke(tour, ["--data", str(tmp_path)])
    assert answer.exit_code == 1
    assert "yicha up" in answer.output
    assert isinstance(answer.exception, SystemExit)
