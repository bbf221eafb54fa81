export const zh = {
  draft: {
    page: "拟单", title: "拟检查单", search: "企业名称或统一社会信用代码", choose: "选择企业", premises: "经营场所", items: "检查事项",
    inspectors: "执法人员", from: "自", to: "至", trigger: "检查事由", clue: "线索、文号或申请编号", onSite: "为什么必须到现场",
    considered: "已考虑的非现场方式",
    ways: { written: "书面核查", data_sharing: "数据共享核查", remote: "远程（非现场）检查" },
    checking: "正在核对规则…", clean: "规则核对通过，没有意见。", incomplete: "填完企业、场所、事项、人员和期限后，自动核对规则。",
    submit: "保存并报批",
    save: "保存草稿", revise: "修改检查单", notFound: "没有找到企业。", assistance: "异地检查的协助函文号（本区域内不填）",
    campaign: "专项检查", left: "剩余名额 {n} 户次", noCampaign: "本机关没有已公布且在期限内的专项检查。", randomFrom: "双随机的检查单从抽取结果拟起，才能对应到抽中的对象和人员。", recheckFrom: "复查从“整改”里的检查单拟起，才能对应到被复查的检查单。",
    fields: {
      enterprise_id: "企业", premises_id: "经营场所", items: "检查事项", inspectors: "执法人员", starts_on: "自", ends_on: "至", trigger: "检查事由", clue: "线索、文号",
      on_site_reason: "现场检查理由", considered: "已考虑的非现场方式", assistance_letter: "协助函", campaign_id: "专项检查", draw_id: "双随机抽查", recheck_of: "复查的检查单",
    },
  },
};
