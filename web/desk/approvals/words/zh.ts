export const zh = {
  approvals: {
    page: "待批", title: "等待我批准的检查单", empty: "没有等待批准的检查单。",
    urgent: "突发检查，等待追认", by: "须在此前追认", overdue: "已超时",
    caps: "本年已查 / 待查", findings: "把关意见", clean: "没有意见", history: "过程", submitted: "报批",
    needsReason: "需说明理由，请逐单办理", take: "选", takeAll: "选中所有无需说明的",
    approve: "批准所选", approveTitle: "批准 {n} 张检查单？", approveWhat: "所选检查单均无须说明的意见。批准即为您的签字。",
    return: "退回", returnReason: "退回的理由", approved: "已批准", returned: "已退回", open: "打开",
  },
};
