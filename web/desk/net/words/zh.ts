export const zh = {
  net: {
    page: "一网统管", map: "区域分布", mapLabel: "各网格按数值着色；用方向键移动，回车查看检查单", shows: "显示", area: "街道、乡镇", cell: "网格", cells: "各网格", elsewhere: "其他",
    mapped: { inspections: "检查次数", joint: "联合检查", with_finding: "发现问题", unscanned: "未扫码", duplicates: "重复", entered_today: "今日入企", over_cap: "超频次企业" },
    today: "今日入企", allToday: "今日全部", noneToday: "今天还没有入企。",
    by: { agency: "检查主体", day: "日期", industry: "行业" },
    charts: { agency: "按检查主体", day: "近 90 天，按日", industry: "按行业" },
    behind: "数字背后的检查单", measure: "指标", from: "自", to: "至", widen: "取消其他筛选", day: "检查日", entry: "入企", noScan: "未扫码",
    measures: {
      inspections: "检查次数", entered: "扫码入企", unscanned: "未扫码", late: "补录", flagged: "可疑扫码", joint: "联合检查",
      concluded: "已告知结果", with_finding: "发现问题",
      backfilled_late: "补录超期", urgent: "突发检查", ratified: "已追认", disapproved: "不予批准", ratified_late: "追认超时", unratified: "待追认", ratification_overdue: "追认逾期", conclusion_overdue: "告知逾期", rectification_overdue: "整改逾期", duplicates: "发现重复", joined: "已合并联合", overridden: "说明后分开", dismissed: "不是重复", unanswered: "未处理的重复", refused: "拒绝入企（系统）", visit_refused: "企业拒绝检查", visit_refused_supported: "企业依法拒绝", complaints: "投诉", complaints_open: "未办结投诉", complaints_overdue: "逾期投诉",
    },
  },
  figures: {
    title: "本年实时", live: "实时", waiting: "正在重新连接…", inspections: "检查次数", joint: "其中联合", coverage: "扫码覆盖率", unscanned: "未扫码",
    finding: "发现问题", refusals: "拒绝入企", found: "发现重复", joined: "已合并联合", overridden: "说明后分开", unanswered: "未处理",
    flagged: "可疑扫码", late: "补录", complaints: "投诉", open: "未办结", rating: "好差评", byAgency: "按检查主体", agency: "检查主体",
  },
};
