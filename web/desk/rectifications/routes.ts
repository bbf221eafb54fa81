import type { DeskPage } from "../pages";

export const rectifications: DeskPage[] = [
  {
    name: "rectifications",
    path: "/rectifications",
    label: "rectifications.page",
    section: "orders",
    roles: ["agency_clerk", "approver", "inspector", "coordinator", "auditor"],
    page: () => import("./RectificationsPage.vue"),
  },
];
