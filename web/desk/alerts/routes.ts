import type { DeskPage } from "../pages";

export const alerts: DeskPage[] = [
  {
    name: "alerts",
    path: "/alerts",
    label: "alerts.page",
    section: "watch",
    roles: ["coordinator", "auditor", "approver", "agency_clerk"],
    page: () => import("./AlertsPage.vue"),
  },
];
