export const zh = {
  outcome: { notice: "提示", justify: "需说明", block: "阻断" },
  reason: "说明理由",
  states: {
    drafted: "草拟", submitted: "待审批", approved: "已批准", issued: "已签发", entered: "已入企", recorded: "已记录",
    concluded: "已告知", closed: "已办结", rectifying: "整改中", referred: "已移送", cancelled: "已撤销", expired: "已过期",
    absorbed: "已并入",
  },
  triggers: {
    routine: "日常", random: "双随机", campaign: "专项", complaint: "投诉举报", assigned: "上级交办", requested: "企业申请",
    monitoring: "监测线索", urgent: "突发", recheck: "复查",
  },
  orders: {
    page: "检查单", title: "检查单", state: "状态", all: "全部", enterprise: "企业", window: "期限", trigger: "事由",
    items: "事项", agency: "机关",
  },
  order: {
    premises: "场所", onSite: "现场检查理由", inspectors: "执法人员", findings: "把关意见", visits: "本年检查情况", all: "合计",
    visited: "已查", planned: "待查", steps: "办理过程", approve: "批准", return: "退回", submit: "报批", issue: "签发",
    returnReason: "退回理由", clue: "线索或文号", clean: "没有发现问题。", basis: "依据",
  },
};
