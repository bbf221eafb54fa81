export const zh = {
  alerts: {
    page: "预警", title: "预警", views: { now: "待处理", aside: "已搁置" }, kind: "类别", all: "全部", none: "没有预警。",
    since: "自", due: "期限", aside: "搁置", asideTitle: "搁置这条预警？", asideReason: "搁置的理由", back: "取消搁置", orders: "这家企业的检查单", agency: "机关", by: "由 {name} 搁置",
    setAside: "已搁置", kept: "已恢复",
  },
};
