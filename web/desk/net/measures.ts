/** Which figures have orders behind them, and the page that shows these. */
import type { LocationQueryRaw, RouteLocationRaw } from "vue-router";
import { today } from "../days";
import type { Figures } from "./live";

export const MEASURES = [
  "inspections", "entered", "unscanned", "late", "backfilled_late", "flagged", "joint", "concluded", "with_finding", "urgent", "ratified",
  "disapproved", "ratified_late", "unratified", "ratification_overdue", "conclusion_overdue", "rectification_overdue", "duplicates", "joined",
  "overridden", "dismissed", "unanswered", "refused", "visit_refused", "visit_refused_supported", "complaints", "complaints_open",
  "complaints_overdue",
] as const;
export type Measure = (typeof MEASURES)[number];
export const MAPPED = ["inspections", "entered_today", "with_finding", "unscanned", "duplicates", "over_cap"] as const;
export type Mapped = (typeof MAPPED)[number];

export const isMeasure = (name: string): name is Measure => (MEASURES as readonly string[]).includes(name);

export function behind(name: string, filters: LocationQueryRaw = {}): RouteLocationRaw | null {
  if (name === "entered_today") return behind("entered", { ...filters, from: today(), to: today() });
  return isMeasure(name) ? { name: "numbers", query: { measure: name, ...filters } } : null;
}

interface Card {
  name: string;
  value: string | number;
  to: RouteLocationRaw | null;
}

export function cards(now: Figures, percent: (share: number) => string): Card[] {
  const share = now.code_coverage === null ? "—" : percent(now.code_coverage);
  return [
    { name: "inspections", value: now.inspections, to: behind("inspections") },
    { name: "joint", value: now.joint, to: behind("joint") },
    { name: "coverage", value: share, to: behind("entered") },
    { name: "unscanned", value: now.entries.without_code, to: behind("unscanned") },
    { name: "finding", value: now.with_finding, to: behind("with_finding") },
    { name: "refusals", value: now.refusals, to: behind("refused") },
    { name: "found", value: now.duplicates.found, to: behind("duplicates") },
    { name: "joined", value: now.duplicates.joined, to: behind("joined") },
    { name: "overridden", value: now.duplicates.overridden, to: behind("overridden") },
    { name: "unanswered", value: now.duplicates.open, to: behind("unanswered") },
    { name: "flagged", value: now.entries.flagged, to: behind("flagged") },
    { name: "late", value: now.entries.late, to: behind("late") },
    { name: "complaints", value: now.complaints?.filed ?? "—", to: behind("complaints") },
    { name: "rating", value: now.ratings.area.mean ?? "—", to: null },
  ];
}
