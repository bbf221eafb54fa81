export const zh = {
  rectifications: {
    page: "整改", title: "整改中", due: "整改期限", left: "还有 {n} 天", today: "今天到期", over: "逾期 {n} 天", proofs: "企业报送",
    rechecks: "复查", none: "没有整改中的检查单。", noProof: "尚未报送", passed: "通过", failed: "未通过",
  },
};
