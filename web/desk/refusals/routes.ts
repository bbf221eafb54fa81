import type { DeskPage } from "../pages";

export const refusals: DeskPage[] = [
  { name: "refusals", path: "/refusals", label: "refusals.page", section: "watch", roles: ["coordinator", "agency_clerk", "approver", "auditor"], page: () => import("./RefusalsPage.vue") },
];
