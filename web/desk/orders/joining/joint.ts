/** One visit instead of several, of orders of one place: what may be joined, what comes of it, and what leaves again. */
import { inspection, wanted } from "@shared/api";
import type { components } from "@api/inspection";
import { today } from "../../days";
import { is, mine } from "../../who";

type S = components["schemas"];
export type Order = S["Order"];
export type Candidate = S["Summary"];
export type Guest = S["Guest"];

/** From these an order may still be taken in: nobody has entered. */
const ABSORBABLE = ["drafted", "submitted", "approved", "issued"];
/** Of a joint order that ended like this its guests are saved, although nothing else may be done to it. */
const ENDED = ["cancelled", "expired"];

export const mayMerge = (order: Order): boolean => order.allowed.includes("join") && (is("coordinator") || (is("agency_clerk") && order.agency_id === mine()));

/** `agencies`: of the order that would leave. */
export const maySplit = (joint: Order, agencies: string[]): boolean =>
  (joint.allowed.includes("split") || ENDED.includes(joint.state)) &&
  (is("coordinator") || (is("agency_clerk", "approver") && agencies.some((agency) => agency === mine())));

/** Orders of the same premises that may be taken in. An agency joins only what it leads itself; the rest is the coordinator's. */
export async function readCandidates(host: Order): Promise<Candidate[]> {
  const query = { enterprise_id: host.enterprise_id, from: today(), limit: 200 };
  const { items } = await wanted(inspection.GET("/api/inspection/v1/orders", { params: { query } }));
  const fits = (other: Candidate) =>
    other.order_id !== host.order_id && other.premises_id === host.premises_id && ABSORBABLE.includes(other.state) && (is("coordinator") || other.agency_id === mine());
  return items.filter(fits);
}

export const readOrder = (order_id: string): Promise<Order> => wanted(inspection.GET("/api/inspection/v1/orders/{order_id}", { params: { path: { order_id } } }));

export interface Joint {
  lead: string;
  agencies: string[];
  people: string[];
  items: string[];
  /** Checked once although both bring them. */
  shared: string[];
  /** The days of the guest are not those of the host, which hold. */
  movesGuest: boolean;
  /** It would be refused: what joins an approved order must be approved itself (rule R1). */
  unapproved: boolean;
}

/** What becomes of the host when it takes in the guest, as the service does it. */
export function jointOf(host: Order, guest: Order): Joint {
  const names = <T extends { name?: string | null }>(rows: T[], id: (row: T) => string) => [...new Map(rows.map((row) => [id(row), row.name ?? "—"])).values()];
  const there = new Set(host.items.map((item) => item.item_id));
  return {
    lead: host.agencies.find((agency) => agency.leads)?.name ?? "—",
    agencies: names([...host.agencies, ...guest.agencies], (agency) => agency.agency_id),
    people: names([...host.inspectors, ...guest.inspectors], (person) => person.inspector_id),
    items: names([...host.items, ...guest.items], (item) => item.item_id),
    shared: guest.items.filter((item) => there.has(item.item_id)).map((item) => item.name ?? "—"),
    movesGuest: host.starts_on !== guest.starts_on || host.ends_on !== guest.ends_on,
    unapproved: ["approved", "issued"].includes(host.state) && !["approved", "issued"].includes(guest.state),
  };
}
