"""What people call levels, domains and runs of days. A domain nobody named here is shown as it is."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.chassis.errors import Text

LEVELS = {"city": "市级", "county": "县（区）级", "town": "乡镇（街道）级"}
DOMAINS = {
    "emergency": "应急管理",
    "environment": "生态环境",
    "fire": "消防",
    "market": "市场监管",
    "construction": "住房城乡建设",
    "transport": "交通运输",
    "health": "卫生健康",
    "labour": "人力资源社会保障",
    "urban": "综合行政执法",
    "land": "自然资源",
    "industry": "工业和信息化",
    "police": "公安",
    "tax": "税务",
    "agriculture": "农业农村",
    "water": "水利",
    "culture": "文化旅游",
    "commerce": "商务",
    "energy": "能源",
    "statistics": "统计",
    "meteorology": "气象",
    "education": "教育",
    "civil_affairs": "民政",
    "housing_fund": "住房公积金",
    "medical_insurance": "医疗保障",
    "veterans": "退役军人事务",
    "finance": "地方金融",
    "intellectual_property": "知识产权",
    "tobacco": "烟草",
}


def domain(code: str) -> str:
    return DOMAINS.get(code, code)


def spans(days: Sequence[date]) -> Text:
    """`days` in their order as from–to: 2026-06-20 至 2026-06-22、2026-06-25."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(1):
            runs[-1].append(day)
        else:
            runs.append([day])
    ends = [(run[0], run[-1]) for run in runs]
    return Text(
        "、".join(str(first) if first == last else f"{first} 至 {last}" for first, last in ends),
        ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in ends),
    )
