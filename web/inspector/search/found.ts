/** Enterprises by a part of the name, by pinyin or its initials, by 统一社会信用代码. */
import type { components } from "@api/inspection";
import { inspection, wanted } from "@shared/api";

export type Found = components["schemas"]["Found"];
export type FoundPremises = Found["premises"][number];
export const SHORTEST = 2;

export async function found(q: string): Promise<components["schemas"]["FoundList"]> {
  const query = { q: q.trim() };
  return wanted(inspection.GET("/api/inspection/v1/enterprises", { params: { query } }));
}
