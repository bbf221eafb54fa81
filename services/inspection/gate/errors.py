"""How the gate says no over HTTP: with every finding, its figures, its citation and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from services.chassis.errors import RuleBlocked, Text
from services.inspection.gate.model import Finding


class ReasonRequired(RuleBlocked):
    """A `justify` finding has no reason yet; each needs its own, given under its key."""

    code = "reason_required"
    title = Text("需要说明理由", "A reason is required")
    remedy = Text(
        "请在 reasons 中按 key 逐条说明理由，或按提示合并、联合。",
        "Give a reason for each key in `reasons`, or merge or join as proposed.",
    )


def blocked(findings: Sequence[Finding], **more: Any) -> RuleBlocked:
    return RuleBlocked(_said(findings), findings=shown(findings), **more)


def unjustified(findings: Sequence[Finding], **more: Any) -> ReasonRequired:
    return ReasonRequired(_said(findings), findings=shown(findings), **more)


def _said(findings: Sequence[Finding]) -> Text:
    return Text(
        "；".join(finding.explanation.zh for finding in findings),
        "; ".join(finding.explanation.en for finding in findings),
    )


def shown(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """As JSON: texts in both languages, ids as strings."""
    return [_shown(finding) for finding in findings]


def _shown(finding: Finding) -> dict[str, Any]:
    return msgspec.to_builtins(finding) | {
        "explanation": text(finding.explanation),
        "remedy": text(finding.remedy),
        "citations": [text(citation) for citation in finding.citations],
    }


def text(both: Text) -> dict[str, str]:
    return {"zh": both.zh, "en": both.en}
