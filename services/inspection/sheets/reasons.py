"""What is wrong with a row, in words for the clerk who has to correct it, with the way out."""

from __future__ import annotations

from collections.abc import Mapping

from services.chassis.errors import Text
from services.chassis.spreadsheets.reasons import COMMON

REASONS: Mapping[str, Text] = {
    **COMMON,
    "no_enterprise": Text(
        "须填统一社会信用代码或企业名称",
        "give the unified social credit code or the name of the enterprise",
    ),
    "unknown_uscc": Text(
        "没有登记这个代码的在营企业；请核对代码，未登记的请登记管理员录入",
        "no active enterprise is registered under this code; check it, or have the enterprise registered",
    ),
    "unknown_enterprise": Text(
        "没有登记这个名称的在营企业；请核对，或改填统一社会信用代码",
        "no active enterprise of this name is registered; check it, or give its unified social credit code",
    ),
    "ambiguous_enterprise": Text(
        "不止一家在营企业叫这个名称；请填统一社会信用代码",
        "several active enterprises have this name; give the unified social credit code",
    ),
    "no_premises": Text(
        "该企业没有在用的经营场所；请登记管理员补录",
        "the enterprise has no active premises; have them registered",
    ),
    "which_premises": Text(
        "该企业有几处场所，请写明去哪一处（短码、名称或地址）",
        "the enterprise has several premises; say which, by short code, name or address",
    ),
    "unknown_premises": Text(
        "该企业没有这处场所；请填短码、名称或地址",
        "the enterprise has no such premises; give a short code, a name or an address",
    ),
    "unknown_item": Text(
        "没有这个检查事项；请填公布清单上的编码或全称，多项用分号隔开",
        "no such item; give codes or full names as published, several of them with semicolons between",
    ),
    "ambiguous_item": Text(
        "不止一个事项叫这个名称；请填事项编码", "several items have this name; give the code"
    ),
    "unknown_inspector": Text(
        "本机关没有这名在岗执法人员；请填本机关人员的姓名或执法证号",
        "no such inspector in your agency; give names or certificate numbers of its own people",
    ),
    "ambiguous_inspector": Text(
        "本机关不止一人叫这个姓名；请填执法证号",
        "several inspectors of your agency have this name; give the certificate number",
    ),
    "too_many": Text("一格内填得过多", "too many in one cell"),
    "from_a_draw": Text(
        "双随机的检查单从抽取结果拟出，请到该次抽取办理（A8）",
        "orders of a draw are drafted from its result; do it there (A8)",
    ),
    "from_an_order": Text(
        "复查须在责令改正的那份检查单上拟，请到该单办理（R4）",
        "a recheck is drafted from the order under which something must be put right; do it there (R4)",
    ),
    "unknown_campaign": Text(
        "本机关没有这个专项；请填已备案专项的名称或备案号（A7）",
        "your agency has no such campaign; give the name or the filing number of a filed one (A7)",
    ),
    "repeated": Text(
        "与前面的行是同一份检查单（企业、场所、事项、期限都相同），不重复拟单",
        "the same order as an earlier row (enterprise, premises, items and window): not drafted twice",
    ),
    "ordered_already": Text(
        "本机关已有同一企业、场所、事项和期限的检查单，不重复拟单",
        "your agency has an order for this enterprise, premises, items and window: not drafted twice",
    ),
}


def words(reason: str, more: Text | None = None) -> Text:
    """`more` is what the person may choose from, or where to look."""
    said = REASONS[reason]
    return Text(f"{said.zh}：{more.zh}", f"{said.en}: {more.en}") if more else said
