/** What an order asks for, as a form holds it, and whether that is all the gate needs to look. */
import { inspection, registry, wanted } from "@shared/api";
import type { components as I } from "@api/inspection";
import type { components as R } from "@api/registry";

export type Draft = I["schemas"]["Draft"];
export type Order = I["schemas"]["Order"];
export type Campaign = I["schemas"]["CampaignSummary"];
export type Enterprise = R["schemas"]["Enterprise"];
export type Item = R["schemas"]["Item"];
export type Person = R["schemas"]["Inspector"];
type Found = Order["items"][number] | Order["inspectors"][number];

export const empty = (): Draft => ({
  enterprise_id: "", premises_id: "", items: [], inspectors: [], starts_on: "", ends_on: "", trigger: "routine", clue: null, on_site_reason: "",
  considered: [], assistance_letter: null, campaign_id: null, draw_id: null, recheck_of: null,
});

/** Of a joint draft only what the lead brings: what others brought stays by itself. */
export function draftOf(order: Order): Draft {
  const own = <T extends Found>(each: T) => each.agency_id === order.agency_id;
  const { enterprise_id, premises_id, starts_on, ends_on, clue, on_site_reason, assistance_letter, campaign_id, draw_id, recheck_of } = order;
  return {
    enterprise_id, premises_id, starts_on, ends_on, on_site_reason,
    clue: clue ?? null, assistance_letter: assistance_letter ?? null, campaign_id: campaign_id ?? null, draw_id: draw_id ?? null, recheck_of: recheck_of ?? null,
    items: order.items.filter(own).map((item) => item.item_id),
    inspectors: order.inspectors.filter(own).map((person) => person.inspector_id),
    trigger: order.trigger as Draft["trigger"],
    considered: order.considered as Draft["considered"],
  };
}

export const isWhole = (draft: Draft): boolean =>
  Boolean(draft.enterprise_id && draft.premises_id && draft.items.length && draft.inspectors.length && draft.starts_on && draft.ends_on && draft.on_site_reason.trim());

export const readEnterprise = (enterprise_id: string): Promise<Enterprise> =>
  wanted(registry.GET("/api/registry/v1/enterprises/{enterprise_id}", { params: { path: { enterprise_id } } }));

export const readOrder = (order_id: string): Promise<Order> =>
  wanted(inspection.GET("/api/inspection/v1/orders/{order_id}", { params: { path: { order_id } } }));

/** Of an order whose rectification must be seen on site: the same place and items, not counted (rule R4). */
export function recheckOf(order: Order): Draft {
  const { enterprise_id, premises_id, items } = draftOf(order);
  return { ...empty(), enterprise_id, premises_id, items, trigger: "recheck", recheck_of: order.order_id };
}

/** Campaigns of the agency under which orders may be drafted now. */
export async function readCampaigns(agency_id: string | null): Promise<Campaign[]> {
  const query = { agency_id, active: true, limit: 200 };
  return (await wanted(inspection.GET("/api/inspection/v1/campaigns", { params: { query } }))).items;
}

/** People of the agency, and the published items of the domains in which any of them may act. */
export async function readChoices(agency_id: string | null): Promise<{ items: Item[]; people: Person[] }> {
  const people = (await wanted(registry.GET("/api/registry/v1/inspectors", { params: { query: { agency_id: agency_id ?? undefined, limit: 200 } } }))).items;
  const domains = new Set(people.flatMap((person) => person.scope ?? []));
  const all = (await wanted(registry.GET("/api/registry/v1/items", { params: { query: { limit: 200 } } }))).items;
  return { people, items: all.filter((item) => item.published && domains.has(item.domain)) };
}
