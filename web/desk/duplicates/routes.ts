import type { DeskPage } from "../pages";

export const duplicates: DeskPage[] = [
  {
    name: "duplicates",
    path: "/duplicates",
    label: "duplicates.page",
    section: "join",
    roles: ["coordinator", "auditor", "agency_clerk", "approver"],
    page: () => import("./DuplicatesPage.vue"),
  },
];
