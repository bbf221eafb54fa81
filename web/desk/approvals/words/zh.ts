export const zh = {
  approvals: { page: "待批", title: "等待我批准的检查单", empty: "没有等待批准的检查单。" },
};
