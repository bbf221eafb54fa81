/** The orders this inspector goes to: read from the phone at once, brought up to date when there is signal. */
import type { components } from "@api/inspection";
import { inspection, registry, wanted } from "@shared/api";
import { Problem } from "@shared/problem";
import { hasSession, person } from "../person";
import { database, type Spot, type Visit } from "./database";

type Order = components["schemas"]["Order"];
type Summary = components["schemas"]["Summary"];
const ORDERS = "/api/inspection/v1/orders";
const OPEN = ["drafted", "issued", "entered", "recorded"] as const;
const CARRIED_OUT = new Set(["entered", "recorded", "concluded", "closed", "rectifying", "referred"]);
const EARLIER = 50;
/** Questions are numbered: several pages ask at once, and answers may overtake each other. */
let asked = 0;
const answered = new Map<string, number>();

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
  const mine = ++asked;
  const owner = person.value?.account_id;
  const found = (await Promise.all(OPEN.map(openOrders))).flat().filter(mayBeVisited);
  for (const { order_id } of found) if (person.value?.account_id === owner) await renewed(order_id, mine);
  const kept = await database;
  const known = new Set(found.map((order) => order.order_id));
  const gone = (orderId: string) => !known.has(orderId) && (answered.get(orderId) ?? 0) < mine;
  for (const orderId of (await kept.getAllKeys("visits")).filter(gone)) await forget(orderId, mine);
}

/** Of drafts only what is urgent: nobody enters under another (rule A6). */
function mayBeVisited(order: Summary): boolean {
  return order.state !== "drafted" || order.trigger === "urgent";
}

export async function renewVisit(orderId: string): Promise<void> {
  if (await hasSession()) await renewed(orderId, ++asked);
}

/** Not kept: what comes after the answer to a later question, or after its person has left the phone. */
async function renewed(orderId: string, mine: number): Promise<void> {
  const owner = person.value?.account_id;
  const params = { path: { order_id: orderId } };
  const order = await wanted(inspection.GET(`${ORDERS}/{order_id}`, { params }));
  const [papers, earlier, spot] = await Promise.all([papersOf(order), earlierVisits(order), spotOf(order)]);
  const kept = await database;
  if (mine < (answered.get(orderId) ?? 0) || person.value?.account_id !== owner) return;
  answered.set(orderId, mine);
  await kept.put("visits", { order, ...papers, earlier, spot, kept_at: Date.now() }, orderId);
}

/** Fixed at issue, or on entering under an urgent draft (rule R1). */
async function papersOf(order: Order): Promise<Pick<Visit, "checklist" | "code">> {
  if (order.state === "drafted") return { checklist: [], code: null };
  const params = { path: { order_id: order.order_id } };
  const [checklist, code] = await Promise.all([
    wanted(inspection.GET(`${ORDERS}/{order_id}/checklist`, { params })),
    unlessRefused(wanted(inspection.GET(`${ORDERS}/{order_id}/code`, { params }))),
  ]);
  return { checklist: checklist.items, code };
}

/** Those of one's own agency; how often others came is in the order's own figures. */
async function earlierVisits(order: Order): Promise<Summary[]> {
  const query = { enterprise_id: order.enterprise_id, limit: EARLIER };
  const page = await wanted(inspection.GET(ORDERS, { params: { query } }));
  return page.items.filter((other) => CARRIED_OUT.has(other.state) && other.order_id !== order.order_id);
}

async function spotOf(order: Order): Promise<Spot | null> {
  const params = { path: { enterprise_id: order.enterprise_id } };
  const known = await unlessRefused(wanted(registry.GET("/api/registry/v1/enterprises/{enterprise_id}", { params })));
  const place = known?.premises?.find((premises) => premises.premises_id === order.premises_id);
  if (place?.latitude == null || place.longitude == null) return null;
  return { latitude: place.latitude, longitude: place.longitude };
}

async function unlessRefused<T>(call: Promise<T>): Promise<T | null> {
  return call.catch((reason: unknown) => {
    if (reason instanceof Problem && reason.status < 500) return null;
    throw reason;
  });
}

/** Its pictures too, once they are sent. */
async function forget(orderId: string, mine: number): Promise<void> {
  answered.set(orderId, mine);
  const change = (await database).transaction(["visits", "photos"], "readwrite");
  await change.objectStore("visits").delete(orderId);
  for (const photo of await change.objectStore("photos").index("order").getAll(orderId))
    if (photo.evidence_id) await change.objectStore("photos").delete(photo.photo_id);
  await change.done;
}

async function openOrders(state: (typeof OPEN)[number]): Promise<Summary[]> {
  const found: Summary[] = [];
  let after: string | undefined;
  do {
    const query = { state, inspector_id: person.value?.inspector_id ?? undefined, limit: 50, after };
    const page = await wanted(inspection.GET(ORDERS, { params: { query } }));
    found.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  return found;
}
