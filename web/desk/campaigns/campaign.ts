/** A campaign as the desk reads and moves it, each move said of the version that was read. */
import { inspection, wanted } from "@shared/api";
import type { components } from "@api/inspection";
import { freshKey } from "@shared/key";
import { today } from "../days";

type S = components["schemas"];
export type Campaign = S["Campaign"];
export type Summary = S["CampaignSummary"];
/** What the form holds; `reason` only where it is public already. */
export type Filing = S["Revision"];

const ONE = "/api/inspection/v1/campaigns/{campaign_id}";
type Matched = { "If-Match": string };
const at = (one: Summary) => ({ path: { campaign_id: one.campaign_id }, header: { "If-Match": `"${one.version}"` } });

export const readCampaign = (campaign_id: string): Promise<Campaign> =>
  wanted(inspection.GET("/api/inspection/v1/campaign-filings/{campaign_id}", { params: { path: { campaign_id } } }));

export const published = (one: Campaign): Promise<Campaign> => wanted(inspection.POST(`${ONE}/publish`, { params: at(one) }));
export const ended = (one: Campaign, reason: string): Promise<Campaign> => wanted(inspection.POST(`${ONE}/end`, { params: at(one), body: { reason } }));

export const filed = (filing: Filing): Promise<Campaign> => {
  const { reason: _, ...body } = filing;
  return wanted(inspection.POST("/api/inspection/v1/campaigns", { params: { header: { "Idempotency-Key": freshKey() } }, body }));
};
export const corrected = (campaign_id: string, filing: Filing, header: Matched): Promise<Campaign> => {
  const { reason: _, ...body } = filing;
  return wanted(inspection.PUT(ONE, { params: { path: { campaign_id }, header }, body }));
};
export const revised = (campaign_id: string, body: Filing, header: Matched): Promise<Campaign> =>
  wanted(inspection.POST(`${ONE}/revise`, { params: { path: { campaign_id }, header }, body }));

export function filingOf(one: Campaign): Filing {
  const { name, filing_number, approving_government, approved_on, starts_on, ends_on, quota, objects, full_coverage_approved } = one;
  return { name, filing_number, approving_government, approved_on, starts_on, ends_on, quota, objects, full_coverage_approved, reason: "" };
}

export const blank = (): Filing => ({
  name: "", filing_number: "", approving_government: "", approved_on: "", starts_on: today(), ends_on: "", quota: 1, objects: 1, full_coverage_approved: false, reason: "",
});

/** Where it stands today: what is public has days before, within and after. */
export function standing(one: Summary): "filed" | "coming" | "running" | "over" | "ended" {
  if (one.state !== "published") return one.state as "filed" | "ended";
  if (one.ends_on < today()) return "over";
  return one.starts_on > today() ? "coming" : "running";
}
