/** A sheet to begin with: the headers are those of offices, so they are Chinese whatever the page speaks. */
const HEADERS = ["统一社会信用代码", "企业名称", "经营场所", "检查事项", "执法人员", "开始日期", "结束日期", "检查类型", "线索、文号", "已考虑的非现场方式", "现场检查理由"];

export const example = (from: string, to: string): string[][] => [
  HEADERS,
  ["91321300MA1EXAMPL0", "某某机械有限公司", "一厂区", "有限空间作业安全；消防设施维护", "李检；王查", from, to, "日常", "", "数据共享核查", "须查看现场作业"],
];
