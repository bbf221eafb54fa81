/** What became of a visit: its record with the questions, the pictures, and what was put right since. */
import { inspection, wanted } from "@shared/api";
import type { components } from "@api/inspection";

type S = components["schemas"];
export type Order = S["Order"];
const ROOT = "/api/inspection/v1/orders/{order_id}";

export interface Case {
  record: S["Record"] | null;
  questions: S["LockedQuestion"][];
  evidence: S["Evidence"][];
  rectification: S["Rectification"];
}

export async function readCase(order: Order): Promise<Case> {
  const params = { params: { path: { order_id: order.order_id } } };
  const [record, checklist, evidence, rectification] = await Promise.all([
    order.recorded_at ? wanted(inspection.GET(`${ROOT}/record`, params)) : null,
    wanted(inspection.GET(`${ROOT}/checklist`, params)),
    wanted(inspection.GET(`${ROOT}/evidence`, params)),
    wanted(inspection.GET(`${ROOT}/rectification`, params)),
  ]);
  return { record, questions: checklist.items, evidence: evidence.items, rectification };
}

/** As an address that an `img` takes: the picture itself needs the login. The caller revokes it. */
export async function pictureOf(evidence_id: string): Promise<string> {
  const path = { evidence_id };
  const found = await wanted(inspection.GET("/api/inspection/v1/evidence/{evidence_id}", { params: { path }, parseAs: "blob" }));
  return URL.createObjectURL(found as unknown as Blob);
}
