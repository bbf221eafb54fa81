"""What may be asked, what is an answer to it, and what may be seen of the answers."""

from dataclasses import replace
from datetime import date, timedelta

import marshmallow as ma
import msgspec
import pytest

from services.chassis.errors import Invalid, WrongState
from services.chassis.ids import new_id
from services.feedback.surveys.answers import Answer, Ballot, ballots
from services.feedback.surveys.desk_schemas import SurveyDraftSchema
from services.feedback.surveys.model import ALLOWED, Content, Kind, Question, State, Step, Survey, Words
from services.feedback.surveys.results import Tally, codes, pooled, results_of
from services.feedback.surveys.template import FOLDER, BadTemplate, parse, templates
from tests.builders.surveys import QUESTIONS, a_question, a_survey

TODAY = date(2026, 11, 28)
CHOICE, SEVERAL, GRADE, TEXT = ASKED = msgspec.convert(QUESTIONS, tuple[Question, ...])
WHOLE = {
    "q1": Answer(choices=("once",)),
    "q2": Answer(choices=("gifts", "nothing")),
    "q3": Answer(grade=5),
    "q4": Answer(text="都好"),
}
SURVEY = Survey(
    survey_id=new_id(),
    version=3,
    state=State.CLOSED,
    area_code="3213",
    industry=None,
    opens_on=TODAY,
    closes_on=TODAY + timedelta(days=13),
    content=Content(title=Words(zh="问卷"), purpose=Words(zh="了解"), questions=ASKED),
    audience=40,
)


def refused(**changes):
    with pytest.raises(ma.ValidationError) as refusal:
        SurveyDraftSchema().load(a_survey(TODAY, **changes))
    return refusal.value.messages


class TestWhatMayBeAsked:
    def test_a_question_of_each_kind(self):
        assert SurveyDraftSchema().load(a_survey(TODAY))["closes_on"] == date(2026, 12, 11)

    @pytest.mark.parametrize(
        "question",
        [
            a_question("q1", "single"),
            a_question("q1", "several", "only"),
            a_question("q1", "single", "a", "a"),
            a_question("q1", "grade", "a", "b"),
            a_question("q1", "text", "a", "b"),
            a_question("q1", "mood"),
            a_question("first", "text"),
        ],
        ids=["no options", "one option", "twice", "of a grade", "of a text", "unknown kind", "bad id"],
    )
    def test_what_cannot_be_answered_is_refused_at_its_question(self, question):
        assert 1 in refused(questions=[a_question("q9", "text"), question])["questions"]

    def test_two_questions_of_one_id_are_refused(self):
        assert "questions" in refused(questions=[QUESTIONS[0], QUESTIONS[0]])

    @pytest.mark.parametrize("days", [-1, 92])
    def test_it_closes_after_it_opens_and_within_three_months(self, days):
        assert "closes_on" in refused(closes_on=(TODAY + timedelta(days=days)).isoformat())

    @pytest.mark.parametrize(
        ("field", "value"), [("area_code", "0"), ("area_code", "32a"), ("industry", "26")]
    )
    def test_an_audience_is_an_area_and_an_industry(self, field, value):
        assert field in refused(**{field: value})


class TestTemplates:
    def test_the_one_of_every_two_months_asks_what_the_rules_forbid(self):
        [shown] = [each for each in templates() if each["name"] == "two_monthly"]
        asked = " ".join(question["words"]["zh"] for question in shown["questions"])
        for about in ("重复检查", "扫码入企", "亮证码", "事项和依据", "综合查一次", "满意"):
            assert about in asked
        favours = next(each for each in shown["questions"] if each["kind"] == "several")
        assert len(favours["options"]) == 9, "the eight 不得, and none of them"

    def test_every_one_that_ships_can_be_drafted_as_it_is_in_both_languages(self):
        for shown in templates():
            content = {name: shown[name] for name in ("title", "purpose", "questions")}
            SurveyDraftSchema().load(a_survey(TODAY, **content))
            assert '"en":""' not in msgspec.json.encode(content).decode()

    def test_a_mistake_names_its_file_and_field(self):
        text = (FOLDER / "two_monthly.yaml").read_text("utf-8")
        with pytest.raises(BadTemplate, match=r"mine\.yaml: .*kind"):
            parse(text.replace("kind: grade", "kind: mood"), "mine.yaml")


class TestAnswers:
    def test_each_answer_becomes_a_ballot_of_its_own(self):
        assert ballots(ASKED, WHOLE) == [
            Ballot(question_id="q1", chosen=("once",)),
            Ballot(question_id="q2", chosen=("gifts", "nothing")),
            Ballot(question_id="q3", chosen=("5",)),
            Ballot(question_id="q4", text="都好"),
        ]

    def test_what_need_not_be_answered_may_be_left_out(self):
        answers = {ident: answer for ident, answer in WHOLE.items() if ident != "q4"}
        assert [ballot.question_id for ballot in ballots(ASKED, answers)] == ["q1", "q2", "q3"]

    @pytest.mark.parametrize(
        ("ident", "answer"),
        [
            ("q1", Answer()),
            ("q1", Answer(choices=("once", "never"))),
            ("q1", Answer(choices=("sometimes",))),
            ("q1", Answer(text="once")),
            ("q2", Answer(choices=("gifts", "gifts"))),
            ("q2", Answer(choices=("gifts",), grade=5)),
            ("q3", Answer(choices=("5",))),
            ("q3", Answer(grade=6)),
            ("q4", Answer(grade=5)),
            ("q4", Answer(text="好", choices=("gifts",))),
            ("q9", Answer(text="?")),
        ],
    )
    def test_an_answer_of_another_kind_is_refused_at_its_place(self, ident, answer):
        with pytest.raises(Invalid) as refusal:
            ballots(ASKED, WHOLE | {ident: answer})
        assert [error["pointer"] for error in refusal.value.extra["errors"]] == [f"/answers/{ident}"]

    def test_everything_that_is_missing_is_said_at_once(self):
        with pytest.raises(Invalid) as refusal:
            ballots(ASKED, {})
        assert [error["pointer"] for error in refusal.value.extra["errors"]] == [
            "/answers/q1",
            "/answers/q2",
            "/answers/q3",
        ]


TALLIES = {
    "q1": Tally(answered=6, chosen={"once": 4, "never": 2}),
    "q2": Tally(answered=6, chosen={"gifts": 6, "dinners": 1}),
    "q3": Tally(answered=6, chosen={"5": 3, "1": 3}),
    "q4": Tally(answered=4, texts=["一", "二", "三", "四"]),
}


class TestResults:
    def test_sums_are_shown_in_the_order_of_the_options_and_nothing_chosen_is_nought(self):
        shown = results_of(SURVEY, 6, TALLIES, 5, TODAY)
        assert shown.hidden is None
        assert list(shown.questions[0].counts.items()) == [("often", 0), ("once", 4), ("never", 2)]
        assert shown.questions[2].mean == 3.0
        assert list(shown.questions[2].counts) == ["5", "4", "3", "2", "1"]

    def test_of_a_question_that_too_few_answered_not_even_their_number_is_shown(self):
        last = results_of(SURVEY, 6, TALLIES, 5, TODAY).questions[3]
        assert (last.answered, list(last.texts)) == (None, [])
        assert pooled(TEXT, TALLIES, 4).texts == ["一", "二", "三", "四"]

    @pytest.mark.parametrize(
        ("state", "today", "answered", "hidden"),
        [
            (State.PUBLISHED, SURVEY.closes_on, 40, "open"),
            (State.PUBLISHED, SURVEY.closes_on + timedelta(days=1), 40, "ended"),
            (State.CLOSED, TODAY, 4, "too_few"),
            (State.CLOSED, TODAY, 5, None),
        ],
    )
    def test_nothing_is_shown_before_it_is_closed_and_nothing_of_four(self, state, today, answered, hidden):
        shown = results_of(replace(SURVEY, state=state), answered, TALLIES, 5, today)
        assert (shown.hidden, shown.answered, bool(shown.questions)) == (hidden, answered, hidden is None)

    @pytest.mark.parametrize("question", ASKED, ids=list(Kind))
    def test_a_question_nobody_answered_has_no_result(self, question):
        assert pooled(question, {}, 5).answered is None
        assert bool(codes(question)) == (question.kind is not Kind.TEXT)


class TestDays:
    @pytest.mark.parametrize(
        ("day", "is_open"),
        [
            (TODAY - timedelta(days=1), False),
            (TODAY, True),
            (TODAY + timedelta(days=13), True),
            (TODAY + timedelta(days=14), False),
        ],
    )
    def test_it_is_open_on_its_first_and_last_day(self, day, is_open):
        assert replace(SURVEY, state=State.PUBLISHED).is_open(day) is is_open
        assert not SURVEY.is_open(day)

    @pytest.mark.parametrize("step", Step)
    @pytest.mark.parametrize("state", State)
    def test_every_step_in_every_state_is_taken_or_refused(self, step, state):
        survey = replace(SURVEY, state=state)
        if step in ALLOWED[state]:
            survey.check(step)
        else:
            with pytest.raises(WrongState):
                survey.check(step)
