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
  actions: {
    draft: "草拟", revise: "修改", submit: "报批", return: "退回", review: "备案审查", approve: "批准", issue: "签发", enter: "入企",
    record: "记录", conclude: "告知结果", order_rectification: "责令改正", refer: "移送", recheck: "复查", close: "办结",
    ratify: "突发追认", disapprove: "突发不予批准", replace: "换人", prove: "企业报送整改", extend: "延长整改", cancel: "撤销",
    expire: "过期", join: "联合", be_absorbed: "并入联合检查", split: "拆分", be_restored: "从联合中恢复",
  },
  orders: {
    page: "检查单", title: "检查单", state: "状态", all: "全部", enterprise: "企业", window: "期限", trigger: "事由",
    items: "事项", agency: "机关", search: "企业名称（两字以上）、拼音或统一社会信用代码", from: "期限自", to: "期限至", widen: "清除筛选",
    ofOne: "只看这家企业的检查单。", none: "没有符合条件的检查单。", moved: "排队期间已有变化，请看过最新内容再批。",
  },
  order: {
    premises: "场所", onSite: "现场检查理由", noticeRead: "企业确认收到通知", inspectors: "执法人员", findings: "把关意见", visits: "本年检查情况", all: "合计",
    visited: "已查", planned: "待查", caps: "年度频次上限", nthOf: "本次为第 {nth} 次，上限 {cap} 次", nth: "本次为第 {nth} 次，未设上限", uncounted: "此类检查不计入频次。", steps: "办理过程", approve: "批准", revise: "修改", return: "退回", submit: "报批", issue: "签发",
    returnReason: "退回理由", clue: "线索或文号", clean: "没有发现问题。", basis: "依据", given: "已说明",
    ratifications: { pending: "等待负责人追认", ratified: "已追认", disapproved: "负责人不予批准" }, ratify: "追认突发检查", ratifyTitle: "追认这次突发检查？", disapprove: "不予批准", disapproveReason: "不予批准的理由",
    joint: "看联合检查单", recheckOf: "看被复查的检查单", close: "办结", closeTitle: "办结这张检查单？", closeWhat: "办结后不再更改，案卷归档。",
    cancel: "撤销", cancelTitle: "撤销这张检查单？", cancelReason: "撤销的理由",
    pass: "备案审查通过", passTitle: "备案审查通过？", passReason: "审查意见", refuse: "审查不通过", refuseReason: "不通过的理由",
  },
  case: {
    title: "检查结果", entered: "入企", result: "结果告知", concludeBy: "最迟告知", closed: "办结", proofs: "企业报送的整改", noRecheck: "尚未复查", newDue: "新的整改期限",
    results: { no_problem: "未发现问题", reminder: "提示提醒", order_rectification: "责令改正", refer: "移送立案" },
    overdue: { ratification: "追认逾期", conclusion: "告知逾期", rectification: "整改逾期" },
    record: "检查笔录", notYet: "还没有笔录。", problems: "{n} 个问题", findings: { ok: "符合", problem: "有问题", not_applicable: "不适用" },
    statement: "企业陈述", noStatement: "没有陈述", signed: "签名", unsigned: "未签名", witness: "见证人",
    kinds: { photo: "照片", signature: "签名图" }, added: "笔录之后补充", lost: "图片没有取到，请刷新页面。",
    recheck: "远程复查", recheckWhat: "看企业报送的材料、视频或数据，能不到现场就不到现场。", isRight: "整改情况", passed: "已改正，办结", failed: "未改正，另定期限",
    seen: "看了什么、怎样核实", doRecheck: "记录复查", whoRechecks: "远程复查由本机关执法人员登录工作台办理；必须到现场的，", onSite: "拟复查检查单",
  },
};
