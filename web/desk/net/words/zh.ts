export const zh = {
  net: { page: "一网统管" },
  figures: {
    title: "本年实时", live: "实时", waiting: "正在重新连接…", inspections: "检查次数", joint: "其中联合", coverage: "扫码覆盖率",
    finding: "发现问题", refusals: "拒绝入企", found: "发现重复", joined: "已合并联合", overridden: "说明后分开", unanswered: "未处理",
    flagged: "可疑扫码", late: "补录", complaints: "投诉", open: "未办结", rating: "好差评", byAgency: "按检查主体", agency: "检查主体",
    csv: "下载 CSV",
  },
};
