"""What the rules rest on, named once. The text is what the user is shown."""

from services.chassis.errors import Text
from services.inspection.gate.model import Source


def _cited(zh: str, en: str) -> Source:
    return Source(text=Text(zh, en))


def _suqian(zh: str, en: str) -> Source:
    return Source(text=Text(zh, en), profile="suqian")


STATE_54 = _cited(
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


# Where a rule is of one place or country, the profile of that place turns it on, and it is cited wherever it is on.
SUQIAN_MEASURES = _cited(
    "宿迁市“营商环境提升年”若干措施（2025-01-26）",
    "Measures of Suqian for the year of the business environment, 2025-01-26",
)
CHENGDU = _cited(
    "成都市涉企行政检查频次预警、同一人员重复检查说明做法",
    "Warnings of frequent inspections and explanations of repeated ones, as practised in Chengdu",
)
SUZHOU_14 = _cited(
    "苏州市人民政府令第169号第十四条（参照）", "After Order 169 of the government of Suzhou, article 14"
)
SUZHOU = _cited("苏州市人民政府令第169号（参照）", "After Order 169 of the government of Suzhou")
CHONGQING_29 = _cited(
    "重庆市人民政府令第375号第二十九条、第三十条（参照）",
    "After Order 375 of the government of Chongqing, articles 29 and 30",
)
SHANGHAI_CAMPAIGNS = _cited(
    "上海市专项检查计划公布做法（参照）", "After Shanghai's publication of special campaigns"
)
SHENZHEN_COUNTS = _cited(
    "深圳市“综合查一次”联合检查计次做法（参照）", "After Shenzhen's counting of joint inspections"
)
ONE_VISIT = _cited("“综合查一次”：检查结果互认（参照）", "One visit instead of several: results are shared")
ITALY_103 = _cited(
    "意大利 2024 年第103号法令：检查合格后十个月内不再检查（参照）",
    "After Italy's legislative decree 103/2024: no inspection for ten months after one that was passed",
)
INDIA_CIS = _cited(
    "印度中央检查制度：同一检查员不得连续两次检查同一单位（参照）",
    "After India's Central Inspection System: no inspector twice in a row at one establishment",
)
JUSTICE_CASE = _cited(
    "司法部通报案例：30 名检查人员进入 20 间客房的旅馆",
    "A case of the Ministry of Justice: 30 inspectors in a hotel of 20 rooms",
)
PRODUCT = _cited(
    "本产品规则：企业申报生产高峰期", "A rule of this product: enterprises name their days of peak production"
)
