export const zh = {
  proposals: {
    page: "联合提议", title: "联合提议",
    views: { waiting: "等待答复", open: "进行中", settled: "已了结" },
    none: "没有联合提议。", noneWaiting: "没有等待答复的联合提议。",
    enterprise: "企业", agencies: "机关", from: "提议方", proposedAt: "提议时间", state: "状态", mine: "我方提议", coordinator: "统筹部门",
    states: { open: "等待答复", joined: "已联合", declined: "不联合", withdrawn: "已撤回", lapsed: "已失效" },
    answers: { accepted: "同意", countered: "另提条件", declined: "不同意", none: "尚未答复" },
    terms: "现行条件", round: "第 {n} 轮", lead: "牵头机关", window: "期限", people: "到场人员", note: "说明", reason: "理由",
    orders: "并排比较", moved: "提议后已变化", answered: "各机关答复", earlier: "以前各轮",
    accept: "同意这些条件", decline: "不同意", declineTitle: "不同意联合", declineReason: "不同意的理由",
    counter: "另提条件", counterReason: "为什么要改", from2: "自", to2: "至", headcount: "到场人数", send: "提出", keep: "不改",
    withdraw: "撤回", withdrawTitle: "撤回这个提议？", withdrawReason: "撤回的理由",
    decide: "统筹决定", join: "决定联合", dismiss: "决定各自检查", decideReason: "决定的理由",
    joint: "联合检查单", settledAt: "了结于", byCoordinator: "由统筹部门决定",
  },
};
