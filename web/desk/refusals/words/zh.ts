export const zh = {
  refusals: {
    page: "拒绝入企", title: "拒绝入企", views: { entry: "系统拒绝", visit: "企业拒绝" },
    what: { entry: "执法人员在门口扫码时，系统按规则没有放行的，全部在此。同一人一小时内同样原因的再次扫码记在同一行。", visit: "企业依法拒绝检查的，全部在此。系统只说明自己掌握的情况，不评判企业。" },
    from: "拒绝日期自", to: "至", agency: "机关", all: "全部", widen: "清除筛选", why: "原因", when: "时间", enterprise: "企业", who: "执法人员", order: "检查单",
    times: "共 {n} 次，最后 {at}", noOrder: "没有出示检查码", onlyThis: "只看这家", ofOne: "只看这家企业的。", said: "企业的话", known: "系统掌握的情况",
    supported: "有记录印证", unsupported: "无相关记录", none: "没有符合条件的拒绝记录。",
    empty: { entry: "还没有被系统拒绝的入企。", visit: "还没有企业拒绝检查。" },
    reasons: {
      code_forged: "检查码系伪造", code_unreadable: "码无法识别", code_expired: "码已过期", code_not_yet_valid: "码尚未生效", credential_not_shown: "未亮证", not_issued: "检查单未签发",
      outside_window: "不在检查期限内", unknown_premises: "企业码不存在", wrong_premises: "不是检查单上的场所", not_on_order: "人员不在检查单上", credential_expired: "执法证失效",
      too_few_inspectors: "到场执法人员不足", agency_withdrawn: "检查主体已停用", item_off_list: "事项不在清单", quiet_day: "安静期", rule_blocked: "其他规则不允许",
    },
    grounds: { no_code: "未出示检查码", no_credential: "未出示执法证件", item_off_list: "事项不在清单", too_few_inspectors: "到场执法人员不足两人" },
  },
};
