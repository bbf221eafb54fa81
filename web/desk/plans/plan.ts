/** 年度检查计划 as its agency writes and publishes it (rule R5), always said of the draft that was read. */
import { inspection, wanted } from "@shared/api";
import type { components } from "@api/inspection";
import { today } from "../days";

type S = components["schemas"];
export type Plan = S["Plan"];
export type Summary = S["PlanSummary"];
export type Progress = S["PlanProgress"];
type Heard = { "If-Match": string };
const DRAFT = "/api/inspection/v1/plan-drafts/{year}";

/** For which years a plan can be written now. */
export function openYears(): number[] {
  const now = Number(today().slice(0, 4));
  return [now, now + 1];
}

/** Until when the first plan of a year is to be public. */
export const dueOn = (year: number): string => `${year}-03-31`;

/** The first of its year, public after that day, or not public although that day is over. */
export const isLate = ({ year, revision, published_on }: Pick<Summary, "year" | "revision" | "published_on">): boolean =>
  revision === 1 && (published_on ?? today()) > dueOn(year);

export const readPlan = (plan_id: string): Promise<Plan> => wanted(inspection.GET("/api/inspection/v1/plans/{plan_id}", { params: { path: { plan_id } } }));

/** Every published revision of one agency's plan of a year, the newest first. */
export async function readRevisions(agency_id: string | null, year: number): Promise<Summary[]> {
  const query = { agency_id, year, limit: 200 };
  return (await wanted(inspection.GET("/api/inspection/v1/plans", { params: { query } }))).items;
}

/** For which years one's own agency is writing, without their items. */
export const readDrafts = async (): Promise<Summary[]> => (await wanted(inspection.GET("/api/inspection/v1/plan-drafts"))).items;

/** Of one's own agency; null where nobody began it, which most years are. */
export async function readDraft(year: number): Promise<Plan | null> {
  const begun = (await readDrafts()).some((draft) => draft.year === year);
  return begun ? wanted(inspection.GET(DRAFT, { params: { path: { year } } })) : null;
}

/** By item: visits made, and still to come. */
export async function readProgress(plan_id: string): Promise<Map<string, Progress>> {
  const { items } = await wanted(inspection.GET("/api/inspection/v1/plans/{plan_id}/progress", { params: { path: { plan_id } } }));
  return new Map(items.map((item) => [item.item_id, item]));
}

export const writeDraft = (year: number, header: Heard, body: S["Write"]): Promise<Plan> =>
  wanted(inspection.PUT(DRAFT, { params: { path: { year }, header }, body }));

export const publishDraft = (year: number, edition: number): Promise<Plan> =>
  wanted(inspection.POST(`${DRAFT}/publish`, { params: { path: { year }, header: { "If-Match": `"${edition}"` } } }));
