"""A survey with a question of each kind, as a coordinator sends it, and answers to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

API = "/api/feedback/v1"
DESK = f"{API}/desk/surveys"


def words(zh: str, en: str = "") -> dict[str, str]:
    return {"zh": zh, "en": en}


def a_question(question_id: str, kind: str, *options: str, required: bool = True) -> dict[str, Any]:
    return {
        "question_id": question_id,
        "kind": kind,
        "required": required,
        "words": words(f"问题 {question_id}"),
        "options": [{"code": code, "words": words(f"选项 {code}")} for code in options],
    }


QUESTIONS = [
    a_question("q1", "single", "often", "once", "never"),
    a_question("q2", "several", "gifts", "dinners", "nothing"),
    a_question("q3", "grade"),
    a_question("q4", "text", required=False),
]


def a_survey(today: date, **changes: Any) -> dict[str, Any]:
    """Open from today on, to everybody of the city."""
    given = {
        "title": words("双月问卷", "Two months"),
        "purpose": words("了解检查情况"),
        "area_code": "3213",
        "industry": None,
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=13)).isoformat(),
        "questions": QUESTIONS,
    }
    return given | changes


def some_answers(choice: str = "once", grade: int = 4, text: str | None = None) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "q1": {"choices": [choice]},
        "q2": {"choices": ["gifts", "dinners"]},
        "q3": {"grade": grade},
    }
    return answers | ({"q4": {"text": text}} if text else {})
