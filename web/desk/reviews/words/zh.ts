export const zh = {
  reviews: {
    page: "备案审查", title: "等待备案审查的检查单", what: "专项检查和计划外检查，审查通过后才能签发。", empty: "没有等待备案审查的检查单。", none: "没有符合条件的检查单。",
    why: "为什么要审查", submitted: "报批", decide: "审查", passed: "已通过", refused: "未通过，已退回",
  },
};
