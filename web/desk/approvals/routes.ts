import type { DeskPage } from "../pages";

export const approvals: DeskPage[] = [
  {
    name: "approvals",
    path: "/approvals",
    label: "approvals.page",
    section: "orders",
    roles: ["approver"],
    page: () => import("./ApprovalsPage.vue"),
  },
];
