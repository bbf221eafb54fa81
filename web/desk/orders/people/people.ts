/** Who may go instead of somebody: people of one agency whose credential is valid for the whole window. */
import { registry, wanted } from "@shared/api";
import type { components as I } from "@api/inspection";
import type { components as R } from "@api/registry";

export type Person = R["schemas"]["Inspector"];
type Order = I["schemas"]["Order"];

export interface Choice extends Person {
  /** Their scope covers all that their agency checks here: else they do not count (rule A3). */
  inScope: boolean;
}

/** All of them: an agency has some hundred at most. */
async function peopleOf(agency_id: string): Promise<Person[]> {
  const people: Person[] = [];
  let after: string | null = null;
  do {
    const query: { agency_id: string; limit: number; after?: string } = { agency_id, limit: 200, ...(after ? { after } : {}) };
    const page: R["schemas"]["InspectorPage"] = await wanted(registry.GET("/api/registry/v1/inspectors", { params: { query } }));
    people.push(...page.items);
    after = page.next ?? null;
  } while (after);
  return people;
}

const isValid = (person: Person, { starts_on, ends_on }: Order): boolean =>
  person.kind === "inspector" && person.active !== false && person.valid_from <= starts_on && person.valid_until >= ends_on;

/** Those who count come first. */
export async function readReplacements(order: Order, agency_id: string): Promise<Choice[]> {
  const there = new Set(order.inspectors.map((person) => person.inspector_id));
  const domains = order.items.filter((item) => item.agency_id === agency_id).map((item) => item.domain);
  const free = (await peopleOf(agency_id)).filter((person) => isValid(person, order) && !there.has(person.inspector_id));
  const covers = (scope: string[] = []) => domains.every((domain) => scope.includes(domain));
  const choices = free.map((person) => ({ ...person, inScope: covers(person.scope) }));
  return choices.sort((one, other) => Number(other.inScope) - Number(one.inScope) || one.name.localeCompare(other.name, "zh"));
}
