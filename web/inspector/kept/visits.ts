/** The orders this inspector goes to: read from the phone at once, brought up to date when there is signal. */
import { inspection, wanted } from "@shared/api";
import { hasSession, person } from "../person";
import { database, type Visit } from "./database";

const ORDERS = "/api/inspection/v1/orders";
const OPEN = ["issued", "entered", "recorded"] as const;

export async function keptVisits(): Promise<Visit[]> {
  const visits = await (await database).getAll("visits");
  return visits.sort((one, other) => one.order.starts_on.localeCompare(other.order.starts_on));
}

export async function keptVisit(orderId: string): Promise<Visit | undefined> {
  return (await database).get("visits", orderId);
}

/** Raises NoSignal without network; what is kept then stays as it was. */
export async function renewVisits(): Promise<void> {
  if (!(await hasSession())) return;
  const found = (await Promise.all(OPEN.map(openOrders))).flat();
  for (const orderId of found) await renewVisit(orderId);
  const kept = await database;
  for (const orderId of await kept.getAllKeys("visits")) if (!found.includes(orderId)) await kept.delete("visits", orderId);
}

export async function renewVisit(orderId: string): Promise<void> {
  if (!(await hasSession())) return;
  const params = { path: { order_id: orderId } };
  const [order, checklist, code] = await Promise.all([
    wanted(inspection.GET(`${ORDERS}/{order_id}`, { params })),
    wanted(inspection.GET(`${ORDERS}/{order_id}/checklist`, { params })),
    wanted(inspection.GET(`${ORDERS}/{order_id}/code`, { params })),
  ]);
  await (await database).put("visits", { order, checklist: checklist.items, code, kept_at: Date.now() }, orderId);
}

async function openOrders(state: (typeof OPEN)[number]): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const query = { state, inspector_id: person.value?.inspector_id ?? undefined, limit: 50, after };
    const page = await wanted(inspection.GET(ORDERS, { params: { query } }));
    found.push(...page.items.map((order) => order.order_id));
    after = page.next ?? undefined;
  } while (after);
  return found;
}
