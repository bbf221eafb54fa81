"""One exception tree, one way out: `application/problem+json` (RFC 9457), in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple


class Text(NamedTuple):
    zh: str
    en: str


class YichaError(Exception):
    """`title` says what kind of trouble, `detail` what happened here, `remedy` what to do now.
    `extra` joins the problem document as further members."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[Text] = Text("服务器内部错误", "Internal error")
    remedy: Text = Text(
        "请稍后重试；若仍不行，请把关联号告诉管理员。",
        "Try again later; if it persists, give the correlation id to your administrator.",
    )

    def __init__(self, detail: Text | None = None, *, remedy: Text | None = None, **extra: Any) -> None:
        self.detail = detail or self.title
        self.remedy = remedy or type(self).remedy
        self.extra = extra
        super().__init__(self.detail.en)


class Malformed(YichaError):
    status = 400
    code = "malformed"
    title = Text("请求无法解析", "The request cannot be parsed")
    remedy = Text("请检查请求体的格式。", "Check the format of the body.")


class Unauthenticated(YichaError):
    status = 401
    code = "unauthenticated"
    title = Text("请先登录", "Please log in first")
    remedy = Text("请重新登录后再试。", "Log in again, then retry.")


class Forbidden(YichaError):
    status = 403
    code = "forbidden"
    title = Text("没有权限", "Not permitted")
    remedy = Text("请联系本单位管理员开通所需权限。", "Ask your administrator for the permission named.")


class PasswordChangeRequired(Forbidden):
    """Whoever was given a password is known to two people until it is changed."""

    code = "password_change_required"
    title = Text("请先修改密码", "Change your password first")
    remedy = Text(
        "您用的是管理员给的一次性密码：请先改成自己的密码，再重新登录。",
        "You logged in with a one-time password: choose your own, then log in again.",
    )


class NotFound(YichaError):
    status = 404
    code = "not_found"
    title = Text("未找到", "Not found")
    remedy = Text(
        "请核对编号；它可能不存在，或不在您的管辖范围内。",
        "Check the id: it may not exist, or lie outside your area.",
    )

    def __init__(self, what: str, which: object) -> None:
        super().__init__(Text(f"没有找到 {what} {which}", f"no {what} {which}"), what=what)


class Conflict(YichaError):
    status = 409
    code = "conflict"
    title = Text("与现有数据冲突", "In conflict with what is there")
    remedy = Text("请刷新后核对再操作。", "Reload, compare, and try again.")


class WrongState(Conflict):
    code = "wrong_state"
    title = Text("当前状态不允许此操作", "Not possible in this state")

    def __init__(
        self, action: str, state: str, allowed: Sequence[str], words: Mapping[str, str] | None = None
    ) -> None:
        """`words` are what states and actions are called in Chinese; without one they keep their names."""
        said = words or {}
        can = "、".join(said.get(each, each) for each in allowed) or "无"
        super().__init__(
            Text(
                f"状态为 {said.get(state, state)} 时不能 {said.get(action, action)}；现在可以：{can}",
                f"cannot {action} while {state}; allowed now: {', '.join(allowed) or 'nothing'}",
            ),
            action=action,
            state=state,
            allowed=list(allowed),
        )


class IdempotencyConflict(YichaError):
    status = 422
    code = "idempotency_key_reused"
    title = Text("同一幂等键被用于不同的请求", "This idempotency key was used for another request")
    remedy = Text("新的操作请换一个新的 Idempotency-Key。", "Use a new Idempotency-Key for a new operation.")


class StaleVersion(YichaError):
    status = 412
    code = "stale_version"
    title = Text("数据已被他人修改", "Someone changed it meanwhile")
    remedy = Text("请重新读取最新内容再修改。", "Read it again and redo your change.")

    def __init__(self, given: int, current: int) -> None:
        super().__init__(
            Text(
                f"您依据的是第 {given} 版，现在是第 {current} 版",
                f"you changed version {given}, it is version {current} now",
            ),
            current_version=current,
        )


class PreconditionRequired(YichaError):
    status = 428
    code = "precondition_required"
    title = Text("缺少前提条件", "A precondition is missing")


class TooLarge(YichaError):
    status = 413
    code = "too_large"
    title = Text("请求体过大", "The body is too large")
    remedy = Text("请缩小或拆分后再提交。", "Make it smaller or split it.")


class UnsupportedMedia(YichaError):
    status = 415
    code = "unsupported_media_type"
    title = Text("不支持的内容类型", "Unsupported content type")
    remedy = Text("请以 application/json 提交。", "Send application/json.")


class Invalid(YichaError):
    """`errors` maps a JSON pointer (`/items/0`) to what is wrong there."""

    status = 422
    code = "invalid"
    title = Text("提交的内容有误", "What was submitted is not valid")
    remedy = Text("请按各字段的提示改正。", "Correct the fields named.")

    def __init__(self, errors: Mapping[str, str], detail: Text | None = None) -> None:
        places = "、".join(errors)
        super().__init__(
            detail or Text(f"这些字段有误：{places}", f"these fields are not valid: {places}"),
            errors=[{"pointer": pointer, "message": message} for pointer, message in errors.items()],
        )


class RuleBlocked(YichaError):
    """A rule of the gate said no; `findings` carries each with its figures, citation and remedy."""

    status = 409
    code = "rule_blocked"
    title = Text("规则不允许", "The rules do not allow it")
    remedy = Text("请按各条规则的提示处理。", "Follow the remedy of each finding.")


class TooMany(YichaError):
    status = 429
    code = "too_many_requests"
    title = Text("操作过于频繁", "Too many requests")
    remedy = Text("请稍候再试。", "Wait a moment and try again.")


class Unavailable(YichaError):
    status = 503
    code = "unavailable"
    title = Text("服务暂时不可用", "Temporarily unavailable")
    remedy = Text("请稍候重试，未完成的操作不会重复生效。", "Try again shortly; nothing was half-done.")
