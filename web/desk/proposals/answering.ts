/** What may be answered to a proposal, and saying it. */
import { type Ref, computed } from "vue";
import { inspection, wanted } from "@shared/api";
import { freshKey } from "@shared/key";
import type { components } from "@api/inspection";
import { is, mine } from "../who";

type S = components["schemas"];
const ROOT = "/api/inspection/v1/join-proposals/{proposal_id}";

export function useAnswers(proposal: Ref<S["JoinProposal"] | null>) {
  const may = computed(() => {
    const one = proposal.value;
    const open = one?.state === "open";
    const asked = is("agency_clerk", "approver") && one?.agencies.find((agency) => agency.agency_id === mine());
    return {
      accept: open && !!asked && asked.answer !== "accepted",
      counter: open && !!asked,
      decline: open && !!asked,
      withdraw: open && (asked || is("coordinator")) && one.proposed_by_agency_id === mine(),
      decide: open && is("coordinator"),
    };
  });

  const params = () => ({
    path: { proposal_id: proposal.value!.proposal_id },
    header: { "If-Match": `"${proposal.value!.version}"`, "Idempotency-Key": freshKey() },
  });
  const round = () => proposal.value!.round;

  return {
    may,
    accept: (reasons: Record<string, string>) =>
      wanted(inspection.POST(`${ROOT}/accept`, { params: params(), body: { round: round(), reasons } })),
    counter: (body: S["Counter"]) => wanted(inspection.POST(`${ROOT}/counter`, { params: params(), body })),
    decline: (reason: string) => wanted(inspection.POST(`${ROOT}/decline`, { params: params(), body: { reason } })),
    withdraw: (reason: string) => wanted(inspection.POST(`${ROOT}/withdraw`, { params: params(), body: { reason } })),
    decide: (decision: "join" | "dismiss", reason: string, reasons: Record<string, string>) =>
      wanted(inspection.POST(`${ROOT}/decide`, { params: params(), body: { decision, reason, reasons } })),
  };
}
