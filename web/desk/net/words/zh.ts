export const zh = {
  net: {
    page: "一网统管", map: "区域分布", mapLabel: "各网格按所在街道的数值着色", shows: "显示", area: "街道、乡镇", elsewhere: "其他",
    mapped: { inspections: "检查次数", joint: "联合检查", with_finding: "发现问题", unscanned: "未扫码", duplicates: "重复" },
    today: "今日入企", allToday: "今日全部", noneToday: "今天还没有入企。",
    by: { agency: "检查主体", day: "日期", industry: "行业" },
    charts: { agency: "按检查主体", day: "近 90 天，按日", industry: "按行业" },
    behind: "数字背后的检查单", measure: "指标", from: "自", to: "至", widen: "取消其他筛选", day: "检查日", entry: "入企", noScan: "未扫码",
    measures: {
      inspections: "检查次数", entered: "扫码入企", unscanned: "未扫码", late: "补录", flagged: "可疑扫码", joint: "联合检查",
      concluded: "已告知结果", with_finding: "发现问题",
    },
    at: "时间", rule: "规则",
  },
  figures: {
    title: "本年实时", live: "实时", waiting: "正在重新连接…", inspections: "检查次数", joint: "其中联合", coverage: "扫码覆盖率", unscanned: "未扫码",
    finding: "发现问题", refusals: "拒绝入企", found: "发现重复", joined: "已合并联合", overridden: "说明后分开", unanswered: "未处理",
    flagged: "可疑扫码", late: "补录", complaints: "投诉", open: "未办结", rating: "好差评", byAgency: "按检查主体", agency: "检查主体",
  },
};
