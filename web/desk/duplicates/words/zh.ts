export const zh = {
  duplicates: {
    page: "重复检查台",
    title: "重复检查台",
    views: { open: "待处理", all: "全部群组", rates: "各机关比率" },
    days: "回看", within: "{n} 天",
    visits: "{n} 次检查", agencies: "{n} 家机关", spare: "可少 {n} 次",
    day: "检查日", window: "期限", people: "{n} 人", take: "合入一次检查",
    whyTitle: "为什么视为重复",
    why: {
      same_agency_overlapping: "同一机关，期限重叠", same_agency_again: "同一机关，相隔 {n} 天再查",
      other_agency_near: "不同机关，相隔 {n} 天", other_agency_overlapping: "不同机关，期限重叠", same_item_again: "同一检查事项",
    },
    kinds: {
      same_agency_overlapping: "同一机关，期限重叠", same_agency_again: "同一机关再查", other_agency_near: "不同机关先后检查",
      same_item_again: "同一检查事项",
    },
    verdict: { open: "待处理", joined: "已合并", dismissed: "不是重复", overridden: "说明后分开", ignored: "各自去查，未说明" },
    propose: "提议联合", proposed: "已提议", toProposal: "查看提议", waits: "已有联合提议",
    terms: "换个条件再提议", from: "自", to: "至", headcount: "到场人数", note: "说明",
    dismiss: "不是重复", dismissTitle: "认定“不是重复”", dismissWhat: "认定会被记住，直到其中一张检查单有变化。",
    dismissReason: "为什么不是同一件事",
    noneOpen: "没有待处理的重复检查。", none: "这段时间没有重复检查。",
    agency: "检查主体", found: "发现（对）", open: "待处理", shares: "合并 / 分开 / 认定 / 未说明",
    rates: { joined: "合并率", overridden: "说明后分开", dismissed: "不是重复", ignored: "未说明" },
    ratesNote: "一对涉及两家机关的重复，两家各计一次。",
  },
};
