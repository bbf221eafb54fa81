/** Which figures have orders behind them, and the page that shows these. */
import type { LocationQueryRaw, RouteLocationRaw } from "vue-router";
import type { Figures } from "./live";

export const MEASURES = ["inspections", "entered", "unscanned", "late", "flagged", "joint", "concluded", "with_finding"] as const;
export type Measure = (typeof MEASURES)[number];
export const MAPPED = ["inspections", "joint", "with_finding", "unscanned", "duplicates"] as const;
export type Mapped = (typeof MAPPED)[number];

export const isMeasure = (name: string): name is Measure => (MEASURES as readonly string[]).includes(name);

export function behind(name: string, filters: LocationQueryRaw = {}): RouteLocationRaw | null {
  if (name === "refusals") return { name: "refusals", query: filters };
  return isMeasure(name) ? { name: "numbers", query: { measure: name, ...filters } } : null;
}

const desk = (view: string): RouteLocationRaw => ({ name: "duplicates", query: view === "open" ? {} : { view } });

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
    { name: "refusals", value: now.refusals, to: behind("refusals") },
    { name: "found", value: now.duplicates.found, to: desk("all") },
    { name: "joined", value: now.duplicates.joined, to: desk("rates") },
    { name: "overridden", value: now.duplicates.overridden, to: desk("rates") },
    { name: "unanswered", value: now.duplicates.open, to: desk("open") },
    { name: "flagged", value: now.entries.flagged, to: behind("flagged") },
    { name: "late", value: now.entries.late, to: behind("late") },
    { name: "complaints", value: now.complaints?.filed ?? "—", to: null },
    { name: "rating", value: now.ratings.area.mean ?? "—", to: null },
  ];
}
