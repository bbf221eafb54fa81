/** A draw as the desk reads and moves it, each move said of the version that was read. */
import { inspection, registry, wanted } from "@shared/api";
import type { components as I } from "@api/inspection";
import type { components as R } from "@api/registry";
import { freshKey } from "@shared/key";
import type { DrawFile } from "./verify";

type S = I["schemas"];
export type Draw = S["Draw"];
export type Order = S["Summary"];
export type Result = Draw["results"][number];
export const STATES = ["committed", "revealed", "abandoned"] as const;
export const BADGES: Record<string, string> = { committed: "open", revealed: "joined", abandoned: "block" };

const ONE = "/api/inspection/v1/draws/{draw_id}";
const AT_ONCE = 200;
const at = (one: Draw) => ({ path: { draw_id: one.draw_id }, header: { "If-Match": `"${one.version}"` } });

export const readDraw = (draw_id: string): Promise<Draw> => wanted(inspection.GET(ONE, { params: { path: { draw_id } } }));
/** As anybody may download it; its form is that of docs/draws.md, not of our types. */
export const readFile = async (draw_id: string): Promise<DrawFile> => (await wanted<unknown>(inspection.GET(`${ONE}/file`, { params: { path: { draw_id } } }))) as DrawFile;
export const fileOf = (one: Draw): string => `/api/inspection/v1/draws/${one.draw_id}/file`;

export const committed = (body: S["Commit"]): Promise<Draw> =>
  wanted(inspection.POST("/api/inspection/v1/draws", { params: { header: { "Idempotency-Key": freshKey() } }, body }));
export const revealed = (one: Draw, public_value: string | null): Promise<Draw> => wanted(inspection.POST(`${ONE}/reveal`, { params: at(one), body: { public_value } }));
export const abandoned = (one: Draw, reason: string): Promise<Draw> => wanted(inspection.POST(`${ONE}/abandon`, { params: at(one), body: { reason } }));

export const drafted = (draw_id: string, body: S["DraftOrders"]): Promise<S["DraftedOrders"]> =>
  wanted(inspection.POST(`${ONE}/orders`, { params: { path: { draw_id }, header: { "Idempotency-Key": freshKey() } }, body }));

/** By premises: the newest order of the draw there. Agencies see their own, so another's draw seems to have none. */
export async function readOrders(draw_id: string): Promise<Map<string, Order>> {
  const found = new Map<string, Order>();
  let after: string | null = null;
  do {
    const page: S["SummaryPage"] = await wanted(inspection.GET("/api/inspection/v1/orders", { params: { query: { draw_id, after, limit: AT_ONCE } } }));
    for (const order of page.items) if (!found.has(order.premises_id)) found.set(order.premises_id, order);
    after = page.next ?? null;
  } while (after);
  return found;
}

/** What gave its place up leaves the premises without an order. */
export const stands = (order: Order | undefined): order is Order => order !== undefined && order.state !== "cancelled" && order.state !== "expired";

/** By id. An agency sees its own people; of another's draw they stay without a name, as they do for the public. */
export async function readNames(agency_id: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let after: string | null = null;
  do {
    const query: { agency_id: string; limit: number; after?: string } = { agency_id, limit: AT_ONCE, ...(after ? { after } : {}) };
    const page: R["schemas"]["InspectorPage"] = await wanted(registry.GET("/api/registry/v1/inspectors", { params: { query } }));
    for (const one of page.items) found.set(one.inspector_id, one.name);
    after = page.next ?? null;
  } while (after);
  return found;
}
