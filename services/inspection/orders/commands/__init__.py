"""What changes an order. Each takes its own dataclass, the unit of work and who asks; none commits."""

from services.inspection.orders.commands.approve import Approve, Return, approve, return_order
from services.inspection.orders.commands.clock import tell_overdue
from services.inspection.orders.commands.draft import Revise, draft, revise
from services.inspection.orders.commands.end import Cancel, Close, cancel, close, expire_due
from services.inspection.orders.commands.issue import Issue, issue
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.commands.ratify import Disapprove, Ratify, disapprove, ratify
from services.inspection.orders.commands.replace import ReplaceInspector, replace_inspector
from services.inspection.orders.commands.submit import Submit, submit
from services.inspection.orders.commands.wish import Draft

__all__ = [
    "Approve",
    "Cancel",
    "Close",
    "Disapprove",
    "Done",
    "Draft",
    "Issue",
    "Ratify",
    "ReplaceInspector",
    "Return",
    "Revise",
    "Submit",
    "approve",
    "cancel",
    "close",
    "disapprove",
    "draft",
    "expire_due",
    "issue",
    "ratify",
    "replace_inspector",
    "return_order",
    "revise",
    "submit",
    "tell_overdue",
]
