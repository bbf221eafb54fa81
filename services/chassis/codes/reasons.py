"""Why a code is not accepted, in words for the person who holds it."""

from enum import StrEnum

from services.chassis.errors import Text


class Reason(StrEnum):
    MALFORMED = "malformed"
    TRUNCATED = "truncated"
    UNKNOWN_VERSION = "unknown_version"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_ALGORITHM = "unknown_algorithm"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    WRONG_KIND = "wrong_kind"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    NOT_REGISTERED = "not_registered"
    NOT_SHOWN = "not_shown"


TEXTS: dict[Reason, Text] = {
    Reason.MALFORMED: Text("这不是一查的码", "this is not a code of Yicha"),
    Reason.TRUNCATED: Text(
        "码不完整，请重新扫描整个二维码", "the code is cut short: scan the whole square again"
    ),
    Reason.UNKNOWN_VERSION: Text(
        "码的版本比本系统新，请更新后再扫", "the code is of a newer version: update, then scan again"
    ),
    Reason.UNKNOWN_KIND: Text("无法识别码的种类", "the kind of this code is unknown"),
    Reason.UNKNOWN_ALGORITHM: Text("无法识别码的签名算法", "the code's signature algorithm is unknown"),
    Reason.UNKNOWN_KEY: Text(
        "签发此码的密钥未公布或已作废，此码不可信",
        "the key that signed this code is not published or was withdrawn: do not trust it",
    ),
    Reason.FORGED: Text("签名不符，此码系伪造或被改动", "the signature does not match: forged or altered"),
    Reason.WRONG_KIND: Text("这是另一种码", "this is a code of another kind"),
    Reason.NOT_YET_VALID: Text("此码尚未生效", "the code is not valid yet"),
    Reason.EXPIRED: Text("此码已过期", "the code has expired"),
    Reason.NOT_REGISTERED: Text("系统中没有此码，请勿相信", "no such code is registered: do not trust it"),
    Reason.NOT_SHOWN: Text(
        "执法证号与动态码对不上，或动态码已换新，请照着执法人员的屏幕再输一次",
        "number and digits do not belong together, or the digits have changed: type what the inspector's screen shows",
    ),
}


class BadCode(Exception):
    """A code that is not accepted. `reason` is stable and goes into answers and events."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        self.text = TEXTS[reason]
        super().__init__(self.text.en)
