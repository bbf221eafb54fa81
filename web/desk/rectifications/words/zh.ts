export const zh = {
  rectifications: {
    page: "整改", title: "整改", due: "整改期限", left: "还有 {n} 天", today: "今天到期", over: "逾期 {n} 天", proofs: "企业报送",
    rechecks: "复查", none: "没有整改中的检查单。", noneFound: "没有符合条件的整改。", stage: "进度", stages: { rectifying: "整改中", proved: "已报送，待复查", closed: "已办结" },
    deadline: "期限", overdue: { true: "已逾期", false: "未逾期" }, closedOn: "{day} 办结", noProof: "尚未报送", passed: "通过", failed: "未通过",
  },
};
