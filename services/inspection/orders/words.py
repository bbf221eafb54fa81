"""What an order's states and the moves between them are called in Chinese, as on the pages; in English they go by their names."""

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "drafted": "草拟",
    "submitted": "待审批",
    "approved": "已批准",
    "issued": "已签发",
    "entered": "已入企",
    "recorded": "已记录",
    "concluded": "已告知",
    "closed": "已办结",
    "rectifying": "整改中",
    "referred": "已移送",
    "cancelled": "已撤销",
    "expired": "已过期",
    "absorbed": "已并入",
}
ACTIONS: Mapping[str, str] = {
    "draft": "草拟",
    "revise": "修改",
    "submit": "报批",
    "return": "退回",
    "review": "备案审查",
    "approve": "批准",
    "issue": "签发",
    "enter": "入企",
    "record": "记录",
    "conclude": "告知结果",
    "order_rectification": "责令改正",
    "refer": "移送",
    "recheck": "复查",
    "close": "办结",
    "ratify": "突发追认",
    "disapprove": "突发不予批准",
    "replace": "换人",
    "prove": "企业报送整改",
    "extend": "延长整改",
    "cancel": "撤销",
    "expire": "过期",
    "join": "联合",
    "be_absorbed": "并入联合检查",
    "split": "拆分",
    "be_restored": "从联合中恢复",
}
WORDS: Mapping[str, str] = {**STATES, **ACTIONS}
