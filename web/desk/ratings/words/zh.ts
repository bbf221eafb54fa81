export const zh = {
  ratings: {
    page: "好差评", title: "好差评",
    what: "企业对检查的评价，按机关成批公布。评价与企业、检查单、执法人员和时刻都不相连，谁也查不出是谁、为哪一次评的；请不要追问企业。",
    from: "公布日期自", to: "至", agency: "机关", all: "全部", widen: "清除筛选", grades: "五档评价", grade: "评价", count: "条数", share: "占比", tags: "企业选的标签", tag: "标签",
    note: "{n} 条，{releases} 批 · 满意率 {good}", batches: "各批评价", on: "{on} 公布", n: "{n} 条", comments: "企业留言（次序已打乱）", silent: "这一批没有留言。", none: "没有符合条件的评价。",
    empty: "还没有可以公布的评价。",
    why: "为保护企业，评价攒够才整批公布：同一机关满 {pool} 条，当晚公布。少于 {floor} 条的一直不公布；等待公布的条数也不显示。",
    whyOld: "不满 {pool} 条的，最早一条满 {days} 天且不少于 {floor} 条时公布。",
  },
};
