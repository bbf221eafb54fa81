export const zh = {
  planner: {
    page: "联合检查计划", title: "联合检查计划", start: "开始计算", new: "新建计划", again: "最近的计划", none: "还没有计划。",
    area: "区划代码", from: "自", to: "至", seconds: "最多计算（秒）", perDay: "每人每天最多检查", period: "期间", made: "建立时间",
    states: { waiting: "排队中", running: "计算中", finished: "已完成", failed: "未完成" },
    progress: "计算进度", back: "全部计划",
    measure: "指标", before: "各自检查", after: "按计划", saved: "减少",
    visits: "检查次数", hours: "人时", bound: "已证明的下限", gap: "与下限的差距", optimal: "已证明最优", feasible: "可行，未证明最优",
    orders: "检查单", joinedVisits: "联合检查", unserved: "未能安排",
    views: { joined: "可联合的检查", apart: "未联合的及原因" },
    day: "日期", lead: "牵头机关", people: "人数", agencies: "{n} 张检查单", take: "选", takeAll: "全选本页",
    accept: "采纳所选，发出提议", accepted: "已提议", acceptTitle: "采纳 {n} 次检查？", acceptWhat: "每次检查向有关机关发出联合提议；未经同意，不会合并。",
    noJoined: "没有可以联合的检查。", noApart: "所有检查单都已联合。",
    why: "原因", alone: "单独检查", unservedOne: "未能安排",
  },
};
