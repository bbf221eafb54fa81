export const zh = {
  campaigns: {
    page: "专项检查", title: "专项检查", file: "备案专项", fileTitle: "专项检查备案", correct: "更正", correctTitle: "更正备案", revise: "修订", reviseTitle: "修订专项检查", save: "保存",
    what: "政府批准的专项检查：先备案，再由负责人公布；公布之后才能据此拟单，用完名额为止。",
    fileWhat: "按批准文件填写。负责人公布之前可以更正。",
    reviseWhat: "已经公布：只能按批准机关的新决定修订，修订内容和理由一并公开，原内容仍可查。",
    notYours: "已公布的由负责人修订；待公布的由承办人更正；已结束的不能再改。",
    views: { own: "本机关", public: "各机关已公布" },
    active: "是否结束", isActive: "未结束", all: "全部", agency: "机关", state: "状态", days: "期限", used: "已用名额", usedOf: "名额 {quota} 户次，已用 {used}", usedNow: "已有 {used} 张检查单占用名额。",
    states: { filed: "待公布", coming: "未开始", running: "进行中", over: "已过期限", ended: "已结束" },
    none: "没有符合条件的专项检查。", noneYet: "还没有备案专项检查。", nonePublic: "还没有公布的专项检查。",
    notices: "提示", filedWhat: "还没有公布：别人看不到，也不能据此拟单。", notPublic: "尚未公布",
    fields: {
      name: "名称", filing_number: "备案号", approving_government: "批准机关", approved_on: "批准日期", published_on: "公布日期", starts_on: "开始日期", ends_on: "结束日期",
      quota: "名额（户次）", objects: "对象范围（场所数）", full_coverage_approved: "批准全覆盖检查", reason: "修订理由（公开）",
    },
    places: "{n} 个场所", fullCoverage: "政府批准了全覆盖检查（不是抽查）",
    publish: "公布", publishTitle: "公布“{name}”？", publishWhat: "名额 {quota} 户次，对象 {objects} 个场所。公布后任何人都能查看，以后只能由负责人说明理由修订。",
    end: "结束", endTitle: "结束“{name}”？", endWhat: "已有的检查单照常办理，不能再据此拟单。结束后不能恢复。", endReason: "结束的理由（公开）",
    draft: "按本专项拟单", orders: "本专项的检查单", noOrders: "还没有检查单。", leftWhat: "还剩 {left} 户次。撤销、过期的检查单退回名额。",
    versions: "各版内容", deeds: { filed: "备案", corrected: "更正", published: "公布", revised: "修订", ended: "结束" },
  },
};
