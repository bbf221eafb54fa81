export const zh = {
  calendar: {
    page: "检查日历", title: "本机关检查日历", views: { month: "月", week: "周" }, before: "往前", after: "往后", today: "今天",
    weekdays: ["一", "二", "三", "四", "五", "六", "日"], none: "这段时间没有检查单。", list: "本期检查单", more: "另有 {n} 张",
    start: "起始日",
  },
};
