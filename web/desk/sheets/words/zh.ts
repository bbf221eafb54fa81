export const zh = {
  sheet: {
    page: "批量拟单", title: "批量拟单", example: "下载示例表格", exampleFile: "批量拟单-示例.csv", faultFile: "批量拟单-问题清单.csv",
    what: "每行一份检查单，最多 500 行：统一社会信用代码或企业名称、检查事项、执法人员、开始和结束日期、现场检查理由。先核对，确认后才拟单。",
    working: "正在逐行核对规则…", missing: "还缺少必需的列：{fields}。请在下面指定，或改好表头后再选一次文件。",
    known: "认出 {known} 列，不用 {ignored} 列：看一看、改一改", columns: "改动后会自动重新核对。",
    rows: "表格各行", said: "核对结果", unread: "这一行没有看懂，原因见右。", clean: "没有意见", thatOrder: "查看那份检查单", only: "只看有问题或有意见的行",
    empty: "表格里除了表头没有内容。请填好后再选一次文件。", nothing: "没有问题，也没有意见。", faults: "下载问题清单（CSV）",
    draft: "拟 {count} 份检查单", ask: "拟 {count} 份检查单？", askWhat: "有问题的行不拟，改正后可再次上传：已拟过的不会重复。规则意见不妨碍拟单，报批时逐份处理。",
    drafted: "已拟 {count} 份检查单，请逐份报批。", another: "再选一份表格",
    unsaved: { title: "表格还没有拟单", what: "现在离开，选好的文件和对应关系就没有了，没有拟出任何检查单。", leave: "不拟单，离开", stay: "留在这里" },
    like: "表格写成这样", likeWhat: "第一行是表头，列的顺序不限，多出的列不用。事项和人员可写编码、证号或全称，多项用分号隔开；企业只有一处场所时可不填场所；不写检查类型的算日常检查。",
    counts: { rows: "行数", good: "可以拟单", drafted: "已拟单", faulty: "有问题", findings: "有规则意见" },
  },
};
