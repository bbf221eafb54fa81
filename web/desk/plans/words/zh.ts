export const zh = {
  plans: {
    page: "年度检查计划", title: "年度检查计划", what: "各机关每年 3 月 31 日前公布当年计划；修订随时可以，旧版一直可查。", ofYear: "{year} 年度检查计划", draftOf: "{year} 年度检查计划草稿",
    published: "已公布的计划", empty: "还没有公布的计划。", none: "没有符合条件的计划。", year: "年度", visits: "检查次数", item: "检查事项", items: "计划的检查事项", code: "事项编码",
    change: "与上一版相比", changes: "草稿与上一版相比（按已保存的）", total: "合计", visited: "已查", ahead: "待查", share: "完成",
    progressWhat: "已查、待查只计日常、双随机和专项检查；投诉举报、上级交办、复查等不在计划之内。", same: "不变", added: "新增", was: "原为 {n} 次", gone: "移出，原为 {n} 次", sum: "共 {n} 次",
    revision: "第 {n} 版", revisions: "各版", publicOn: "{day} 公布", notPublic: "还没有公布。", due: "应于 {day} 前公布。", overdue: "已逾期", late: "逾期公布",
    states: { drafted: "草稿", published: "执行中", superseded: "已被修订" }, heads: { revision: "版次", day: "公布日期" },
    readDraft: "看草稿、公布", goOn: "继续写草稿", write: "写计划", revise: "修订", noDraft: "还没有草稿，由经办人拟写。", headPublishes: "草稿保存后，由机关负责人公布。",
    note: "计划说明", why: "为什么修订", search: "按编码或名称查找事项", visitsOf: "{name}：检查次数", blank: "不填的事项不列入计划。", offList: "已不在本机关清单内，请清空", oneAtLeast: "请至少给一个事项填写检查次数。", noItems: "本机关没有公布的检查事项。",
    anyTime: "修订没有期限，公布后代替上一版。", save: "保存草稿", saved: "已保存",
    publish: "公布", publishTitle: "公布 {year} 年度检查计划？", publishWhat: "共 {n} 次检查。公布后人人可见，不能收回，要改须公布新的一版。", publishLate: "已过 {day}，将注明逾期公布。",
  },
};
