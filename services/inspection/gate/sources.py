"""What the rules rest on, named once. The text is what the user is shown."""

from services.chassis.errors import Text
from services.inspection.gate.model import Source


def _national(zh: str, en: str) -> Source:
    return Source(text=Text(zh, en))


def _suqian(zh: str, en: str) -> Source:
    return Source(text=Text(zh, en), profile="suqian")


STATE_54 = _national(
    "国务院办公厅关于严格规范涉企行政检查的意见（国办发〔2024〕54号）",
    "General Office of the State Council, Guobanfa [2024] 54, on strictly regulating inspections of enterprises",
)
SUQIAN_5 = _suqian(
    "《宿迁市优化涉企行政检查条例》第五条",
    "Suqian Regulation on Optimising Inspections of Enterprises, article 5",
)
SUQIAN_6 = _suqian(
    "《宿迁市优化涉企行政检查条例》第六条",
    "Suqian Regulation on Optimising Inspections of Enterprises, article 6",
)
SUQIAN_8 = _suqian(
    "《宿迁市优化涉企行政检查条例》第八条",
    "Suqian Regulation on Optimising Inspections of Enterprises, article 8",
)
SUQIAN = _suqian(
    "《宿迁市优化涉企行政检查条例》", "Suqian Regulation on Optimising Inspections of Enterprises"
)
