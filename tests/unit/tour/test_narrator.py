"""What is not as it should be is said, counted, and ends the tour with a failure."""

from click.testing import CliRunner

from tour.narrator import Narrator, padded, shortened, width


def test_a_fact_that_does_not_hold_is_remembered(capsys):
    narrator = Narrator()
    assert narrator.check("企业看到可以评价", True)
    assert not narrator.check("评价已入日志", False, "没有见到")
    narrator.end()
    assert narrator.failures == ["评价已入日志：没有见到"]
    assert "有 1 处不符" in capsys.readouterr().out


def test_han_characters_take_two_columns():
    assert width("检查 ok") == 7
    assert padded("检查", 6) == "检查  "


def test_long_codes_are_shortened_in_the_middle():
    line = "GET /api/inspection/v1/codes/" + "1" * 229
    assert len(shortened(line)) <= 58
    assert shortened(line).startswith("GET /api/inspection/v1/codes/")


def test_a_tour_without_a_running_product_says_so(tmp_path):
    from tour.cli import tour

    answer = CliRunner(env={"YICHA_EVENT_LOG_URL": None}).invoke(tour, ["--data", str(tmp_path)])
    assert answer.exit_code == 1
    assert "yicha up" in answer.output
