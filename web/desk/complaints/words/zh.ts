export const zh = {
  complaints: {
    page: "投诉", title: "投诉办理", what: "只有统筹部门能看到：被投诉的机关和执法人员不知道谁投诉了他们。最先到期的在前。",
    views: { open: "待办", answered: "待回访", followed: "已回访", all: "全部" },
    states: { filed: "待交办", assigned: "已交办", handling: "办理中", answered: "已回复", followed_up: "已回访", reopened: "重新办理" },
    steps: { assign: "交办", handle: "开始办理", answer: "回复企业", follow_up: "回访", reopen: "重新办理" },
    due: "答复期限", enterprise: "企业", about: "投诉事项", agency: "被投诉机关", filed: "投诉时间", state: "进度", late: "已逾期",
    noAgency: "未指明机关", unnamed: "企业名称同步中", reopened: "重新办理 {n} 次", none: "没有这样的投诉。", noneOpen: "没有待办的投诉。",
    visit: "检查", order: "看检查单", text: "企业的话", answer: "给企业的回复", way: "办理过程", desk: "统筹部门", next: "下一步", which: "办理环节",
    note: "办理记录（可不填）", noteWhat: "只在本页可见，企业看不到。", answerWords: "回复内容", answerWhat: "企业凭查询号看到这段回复，请写明查实的情况和处理结果。",
  },
};
