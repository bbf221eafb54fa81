/** The draft of a plan as its form holds it: the note, and for each item the visits it is to have, "" for none. */
import { registry, wanted } from "@shared/api";
import type { components as I } from "@api/inspection";
import type { components as R } from "@api/registry";
import { type Plan, readPlan, readRevisions } from "./plan";

export const NOTE = "note";
/** Each item a field of its own, so that two who plan different items do not clash. */
export type Entries = Record<string, string | number>;

export interface Choice {
  item_id: string;
  code: string;
  name: string;
  /** False: was planned, and left the agency's published list since (rules A1, A2). */
  listed: boolean;
}

/** Published items that the agency may check. */
export async function readChoices(agency_id: string): Promise<Choice[]> {
  const { domain, level } = await wanted(registry.GET("/api/registry/v1/agencies/{agency_id}", { params: { path: { agency_id } } }));
  const found: R["schemas"]["Item"][] = [];
  let after: string | null = null;
  do {
    const query: { domain: typeof domain; limit: number; after: string | null } = { domain, limit: 200, after };
    const page: R["schemas"]["ItemPage"] = await wanted(registry.GET("/api/registry/v1/items", { params: { query } }));
    found.push(...page.items);
    after = page.next ?? null;
  } while (after);
  return found.filter((item) => item.published && item.levels.includes(level)).map(({ item_id, code, name }) => ({ item_id, code, name, listed: true }));
}

/** With what the plan holds beyond the list: it must be seen to be taken out. */
export function withPlanned(choices: Choice[], plan: Plan): Choice[] {
  const known = new Set(choices.map((choice) => choice.item_id));
  const gone = plan.items.filter((item) => !known.has(item.item_id));
  return [...choices, ...gone.map(({ item_id, code, name }) => ({ item_id, code: code ?? "", name: name ?? item_id, listed: false }))];
}

export const entriesOf = (plan: Plan, choices: Choice[]): Entries => ({
  [NOTE]: plan.note,
  ...Object.fromEntries(choices.map(({ item_id }) => [item_id, plan.items.find((item) => item.item_id === item_id)?.visits ?? ""])),
});

export const sent = (entries: Entries): I["schemas"]["Write"] => ({
  note: String(entries[NOTE] ?? "").trim(),
  items: planned(entries).map((item_id) => ({ item_id, visits: Number(entries[item_id]) })),
});

/** In the order in which they are sent. */
export const planned = (entries: Entries): string[] => Object.keys(entries).filter((field) => field !== NOTE && entries[field] !== "");

export const total = (entries: Entries): number => planned(entries).reduce((sum, item_id) => sum + Number(entries[item_id]), 0);

/** Where nobody began: what is in force this year, else last year's, with a note of its own. Edition 0 is no draft yet. */
export async function begun(agency_id: string, year: number): Promise<Plan> {
  const own = (await readRevisions(agency_id, year))[0];
  const like = own ?? (await readRevisions(agency_id, year - 1))[0];
  const items = like ? (await readPlan(like.plan_id)).items : [];
  return { plan_id: "", agency_id, year, revision: (own?.revision ?? 0) + 1, state: "drafted", visits: 0, edition: 0, note: "", items, changes: [], notices: [] };
}
