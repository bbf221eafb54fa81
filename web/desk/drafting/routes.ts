import type { DeskPage } from "../pages";

export const drafting: DeskPage[] = [
  {
    name: "draft",
    path: "/draft",
    label: "draft.page",
    section: "orders",
    roles: ["agency_clerk"],
    page: () => import("./DraftPage.vue"),
  },
];
