/** The way of a complaint (rule V2), each step said of the version that was read. */
import { feedback, wanted } from "@shared/api";
import type { components } from "@api/feedback";

type S = components["schemas"];
export type Complaint = S["Complaint"];
export type Step = Complaint["allowed"][number];
const ROOT = "/api/feedback/v1/desk/complaints/{complaint_id}";

export const readComplaint = (complaint_id: string): Promise<Complaint> => wanted(feedback.GET(ROOT, { params: { path: { complaint_id } } }));

/** `words`: the answer, which the enterprise reads, or a note of the desk, which may be empty. */
export function taken(one: Complaint, step: Step, words: string): Promise<Complaint> {
  const asked = { params: { path: { complaint_id: one.complaint_id } }, headers: { "If-Match": `"${one.version}"` } };
  if (step === "answer") return wanted(feedback.POST(`${ROOT}/answer`, { ...asked, body: { answer: words } }));
  const name = step === "follow_up" ? "follow-up" : step;
  return wanted(feedback.POST(`${ROOT}/${name}`, { ...asked, body: { note: words || null } }));
}
