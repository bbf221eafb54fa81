"""What a sheet of orders may hold, and how offices write it. Add what you meet: words are compared without case, spaces
and brackets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from events.catalogue.inspection import Trigger
from services.inspection.orders.model import Considered
from services.inspection.search.text import folded

TITLES: Mapping[str, Sequence[str]] = {
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "企业代码", "USCC"),
    "enterprise": (
        "企业名称",
        "检查对象",
        "检查对象名称",
        "被检查企业",
        "被检查单位",
        "单位名称",
        "公司名称",
        "企业",
    ),
    "premises": (
        "经营场所",
        "场所",
        "检查场所",
        "检查地点",
        "场所短码",
        "场所名称",
        "场所地址",
        "地址",
        "厂区",
    ),
    "items": ("检查事项", "事项", "事项名称", "事项编码", "检查事项名称", "检查事项编码", "检查内容"),
    "inspectors": ("执法人员", "检查人员", "检查人", "执法证号", "检查人员证号", "执法人员证号", "人员"),
    "starts_on": ("开始日期", "检查开始日期", "起始日期", "开始时间", "检查日期", "自", "起"),
    "ends_on": ("结束日期", "检查结束日期", "截止日期", "结束时间", "完成日期", "至", "止"),
    "on_site_reason": ("现场检查理由", "现场检查原因", "到现场的理由", "检查理由", "检查原因", "理由"),
    "trigger": ("检查类型", "检查事由", "触发方式", "检查类别", "检查来源", "类型"),
    "clue": ("线索文号", "线索、文号", "线索", "文号", "线索或文号", "受理编号", "交办文号"),
    "campaign": ("专项检查", "专项", "专项名称", "专项备案号", "备案号"),
    "considered": ("已考虑的非现场方式", "非现场方式", "已考虑方式", "检查方式"),
    "assistance_letter": ("协助函文号", "协助函", "异地协助函"),
}
REQUIRED = ("items", "inspectors", "starts_on", "ends_on", "on_site_reason")
NAMED_BY = ("uscc", "enterprise")
"""One of them has to be there: which enterprise is meant."""

_TRIGGERS: Mapping[Trigger, Sequence[str]] = {
    "routine": ("日常", "日常检查", "日常监管", "计划", "计划检查", "年度计划"),
    "random": ("双随机", "双随机抽查", "随机抽查"),
    "campaign": ("专项", "专项检查"),
    "complaint": ("投诉举报", "投诉", "举报", "信访"),
    "assigned": ("上级交办", "上级交办转办", "交办", "转办", "交办转办"),
    "requested": ("企业申请", "申请", "依申请"),
    "monitoring": ("监测线索", "监测", "监测预警", "线索"),
    "urgent": ("突发", "突发检查", "当场", "突发事件"),
    "recheck": ("复查", "整改复查"),
}
_CONSIDERED: Mapping[Considered, Sequence[str]] = {
    "written": ("书面核查", "书面", "书面检查", "书面审查"),
    "data_sharing": ("数据共享核查", "数据共享", "数据核查", "数据比对", "信息共享"),
    "remote": ("远程（非现场）检查", "远程", "远程检查", "非现场", "非现场检查", "视频检查", "线上"),
}
TRIGGERS: Mapping[str, Trigger] = {
    folded(way): meant for meant, ways in _TRIGGERS.items() for way in (meant, *ways)
}
CONSIDERED: Mapping[str, Considered] = {
    folded(way): meant for meant, ways in _CONSIDERED.items() for way in (meant, *ways)
}
TRIGGER_WORDS = tuple(ways[0] for ways in _TRIGGERS.values())
CONSIDERED_WORDS = tuple(ways[0] for ways in _CONSIDERED.values())


class OrderColumns:
    """As the guessing of a header asks for them."""

    titles: Mapping[str, Sequence[str]] = {name: (*titles, name) for name, titles in TITLES.items()}
    required: Sequence[str] = REQUIRED
