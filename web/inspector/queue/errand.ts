/** Something done at the gate that the server has to hear of. It stays here until the server has answered. */
import type { components } from "@api/inspection";
import { freshKey } from "@shared/key";
import type { Problem } from "@shared/problem";

type Schemas = components["schemas"];
export type Work =
  | { kind: "entry"; body: Schemas["Arrival"] }
  | { kind: "leave"; body: Schemas["Leave"] }
  | { kind: "record"; body: Schemas["MakeRecord"] }
  | { kind: "photo" | "signature"; body: { photo_id: string } };

export type Errand = Work & {
  number: number;
  /** Idempotency-Key: an answer that was lost on the way is asked for again, nothing is done twice. */
  key: string;
  owner: string;
  order_id: string;
  enterprise: string;
  made_at: number;
  /** The last try that nobody answered, or that a server in trouble put off. */
  tried: { at: number; why: "silence" | "trouble" } | null;
  refused: { status: number; document: Problem["document"] } | null;
};

/** Whose order it is about, with the name that the queue shows. */
export interface About {
  order_id: string;
  enterprise: string;
}

/**
 * After a try that nobody answered, what was done at the gate is no longer told as it happens. It goes under a
 * fresh key because its words change; the server knows an order's entry and leave when it meets them twice.
 */
export function afterSilence(errand: Errand, reason: string): Errand {
  const late = { ...errand, key: freshKey() };
  if (late.kind === "entry" && late.body.online)
    return { ...late, body: { ...late.body, online: false, offline_reason: reason } };
  if (late.kind === "leave" && late.body.online) return { ...late, body: { ...late.body, online: false } };
  return errand;
}
