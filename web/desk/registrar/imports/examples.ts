import type { components } from "@api/registry";
import { is } from "../../who";

export type Kind = components["schemas"]["Preview"]["kind"];

/** Whoever writes the registry imports everything; an agency's clerk, the agency's own inspectors. */
export const kindsOf = (): Kind[] => (is("registrar") ? ["enterprises", "agencies", "inspectors", "items"] : ["inspectors"]);

interface Column {
  title: string;
  value: string;
  required?: true;
}

/** A header that the import knows, and a row below it. Chinese in any language: it stands in offices' files. */
export function exampleOf(kind: Kind): Column[] {
  return kind === "inspectors" && !is("registrar") ? INSPECTORS.filter(({ title }) => title !== AGENCY) : EXAMPLES[kind];
}

const AGENCY = "所属单位";
const INSPECTORS: Column[] = [
  { title: "姓名", value: "张三（示例）", required: true },
  { title: "执法证号", value: "示例-0001", required: true },
  { title: AGENCY, value: "示例区应急管理局", required: true },
  { title: "人员类别", value: "执法人员" },
  { title: "执法领域", value: "应急管理、消防" },
  { title: "有效期起", value: "2026-01-01", required: true },
  { title: "有效期止", value: "2030-12-31", required: true },
  { title: "在岗状态", value: "在岗" },
];
const EXAMPLES: Record<Kind, Column[]> = {
  enterprises: [
    { title: "企业名称", value: "示例机械有限公司", required: true },
    { title: "统一社会信用代码", value: "91321391MA0000001U", required: true },
    { title: "行业代码", value: "C3411" },
    { title: "注册地址", value: "宿迁经济技术开发区通湖大道 1 号" },
    { title: "区划代码", value: "321391" },
    { title: "经营状态", value: "存续" },
  ],
  agencies: [
    { title: "检查主体名称", value: "示例区应急管理局", required: true },
    { title: "层级", value: "县区级", required: true },
    { title: "领域", value: "应急管理", required: true },
    { title: "区划代码", value: "321391", required: true },
    { title: "主管行业", value: "B、C" },
  ],
  inspectors: INSPECTORS,
  items: [
    { title: "事项编码", value: "示例-001", required: true },
    { title: "事项名称", value: "有限空间作业安全", required: true },
    { title: "领域", value: "应急管理", required: true },
    { title: "实施层级", value: "市级、县区级", required: true },
    { title: "检查依据", value: "《中华人民共和国安全生产法》第六十五条", required: true },
    { title: "检查内容", value: "作业前是否通风检测？\n有无专人监护？", required: true },
    { title: "年度频次上限", value: "2" },
    { title: "生效日期", value: "2026-01-01", required: true },
  ],
};
