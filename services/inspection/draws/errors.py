"""What stops a draw, beside wrong fields."""

from services.chassis.errors import Conflict, Text


class TooEarly(Conflict):
    code = "too_early"
    title = Text("公开值尚未产生", "The public value is not known yet")
    remedy = Text("请在公开值公布之后再揭示。", "Reveal when the value has been published.")
