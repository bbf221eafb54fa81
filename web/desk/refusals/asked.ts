/** What both lists have in common. */
import type { components } from "@api/inspection";

/** Filters by the names the service gives them. */
export type Asked = Record<string, string>;
export type Entry = components["schemas"]["EntryRefusal"];
export type Visit = components["schemas"]["ListedVisitRefusal"];

export const paged = (asked: Asked, after: string | null) => ({ params: { query: { ...asked, sort: "newest" as const, after, limit: 50 } } });
