"""What a case file calls things that have no Chinese name elsewhere."""

from collections.abc import Mapping

RESULTS: Mapping[str, str] = {
    "no_problem": "未发现问题",
    "reminder": "提示提醒",
    "order_rectification": "责令改正",
    "refer": "移送立案",
}
FINDINGS: Mapping[str, str] = {"ok": "符合", "problem": "有问题", "not_applicable": "不适用"}
OUTCOMES: Mapping[str, str] = {"notice": "提示", "justify": "需说明", "block": "阻断"}
KINDS: Mapping[str, str] = {"inspector": "执法人员", "assistant": "辅助人员"}
EVIDENCE: Mapping[str, str] = {"photo": "照片", "signature": "签名"}
SHEETS: Mapping[str, str] = {"visit": "检查回执", "refusal": "拒绝检查回执", "supplement": "回执补充"}
GROUNDS: Mapping[str, str] = {"campaign": "专项检查", "draw": "双随机抽查"}
MODES: Mapping[str, str] = {"remote": "远程", "on_site": "现场"}
RATIFICATIONS: Mapping[str, str] = {
    "pending": "等待负责人追认",
    "ratified": "负责人已追认",
    "disapproved": "负责人不予批准",
}
CONSIDERED: Mapping[str, str] = {"written": "书面核查", "data_sharing": "数据共享", "remote": "远程核查"}
