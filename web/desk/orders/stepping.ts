/** The moves of an order from the desk, said of the version that was read. */
import { inspection } from "@shared/api";
import { freshKey } from "@shared/key";
import type { components } from "@api/inspection";

const ROOT = "/api/inspection/v1/orders/{order_id}";

export interface Read {
  order_id: string;
  version: number;
}

const params = (order: Read) => ({
  path: { order_id: order.order_id },
  header: { "If-Match": `"${order.version}"`, "Idempotency-Key": freshKey() },
});

/** Reasons that say something, under the keys of their findings. */
export const given = (reasons: Record<string, string>) =>
  Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason.trim()));

type Judged = "submit" | "approve" | "issue";
export const judged = (order: Read, name: Judged, reasons: Record<string, string> = {}) =>
  inspection.POST(`${ROOT}/${name}`, { params: params(order), body: { reasons } });

type Reasoned = "return" | "disapprove" | "cancel";
export const reasoned = (order: Read, name: Reasoned, reason: string) =>
  inspection.POST(`${ROOT}/${name}`, { params: params(order), body: { reason } });

export const ratified = (order: Read) => inspection.POST(`${ROOT}/ratify`, { params: params(order), body: {} });

export const reviewed = (order: Read, passed: boolean, reason: string) =>
  inspection.POST(`${ROOT}/review`, { params: params(order), body: { passed, reason } });

export const closed = (order: Read) => inspection.POST(`${ROOT}/close`, { params: params(order), body: {} });

export const rechecked = (order: Read, body: components["schemas"]["RecheckOrder"]) => inspection.POST(`${ROOT}/recheck`, { params: params(order), body });

/** 换人: what is sent of it, with the reasons that the gate asked for. */
export const replaced = (order: Read, { reasons, ...wish }: Omit<components["schemas"]["Replace"], "reasons"> & { reasons: Record<string, string> }) =>
  inspection.POST(`${ROOT}/inspectors/replace`, { params: params(order), body: { ...wish, reasons: given(reasons) } });

export const merged = (host: Read, absorb: string, reasons: Record<string, string>) =>
  inspection.POST(`${ROOT}/merge`, { params: params(host), body: { absorb, reasons: given(reasons) } });

/** 拆分: `order_id` leaves the joint order it lives in. */
export const split = (joint: Read, order_id: string, reason: string) => inspection.POST(`${ROOT}/split`, { params: params(joint), body: { order_id, reason } });
