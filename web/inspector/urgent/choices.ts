/** What an agency may look into at once, and who may come along: its published items and certified people. */
import type { components } from "@api/registry";
import { registry, wanted } from "@shared/api";
import { person } from "../person";

export type Item = components["schemas"]["Item"];
export type Inspector = components["schemas"]["Inspector"];
const LIMIT = 200;

export async function ownItems(): Promise<Item[]> {
  const agency_id = person.value?.agency_id ?? "";
  const agency = await wanted(registry.GET("/api/registry/v1/agencies/{agency_id}", { params: { path: { agency_id } } }));
  const items = await all((after) => wanted(registry.GET("/api/registry/v1/items", { params: { query: { domain: agency.domain, limit: LIMIT, after } } })));
  return items.filter((item) => item.published && item.levels.includes(agency.level));
}

export async function colleagues(): Promise<Inspector[]> {
  const agency_id = person.value?.agency_id ?? "";
  const people = await all((after) => wanted(registry.GET("/api/registry/v1/inspectors", { params: { query: { agency_id, limit: LIMIT, after } } })));
  return people.filter((each) => each.active && each.inspector_id !== person.value?.inspector_id);
}

async function all<T>(page: (after?: string) => Promise<{ items: T[]; next?: string | null }>): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await page(after);
    found.push(...items);
    after = next ?? undefined;
  } while (after);
  return found;
}
