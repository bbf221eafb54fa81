from services.chassis.errors import RuleBlocked, Text


class EntryRefusedProblem(RuleBlocked):
    """Nobody enters: `rule` and `reason` say why, `findings` carry figures, citation and remedy of each rule.
    It is stored as `refusal_id` and the supervisor is told."""

    code = "entry_refused"
    title = Text("不能入企，已记录", "Entry refused, and recorded")
