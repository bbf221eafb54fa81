import type { DeskPage, InnerPage } from "../pages";

export const proposals: DeskPage[] = [
  {
    name: "proposals",
    path: "/proposals",
    label: "proposals.page",
    section: "join",
    roles: ["coordinator", "auditor", "agency_clerk", "approver"],
    page: () => import("./ProposalsPage.vue"),
  },
];
export const proposal: InnerPage[] = [
  { name: "proposal", path: "/proposals/:proposalId", label: "proposals.page", page: () => import("./ProposalPage.vue") },
];
