import type { DeskPage, InnerPage } from "../pages";

export const draws: DeskPage[] = [
  { name: "draws", path: "/draws", label: "draws.page", section: "orders", roles: ["agency_clerk", "approver", "coordinator", "auditor"], page: () => import("./DrawsPage.vue") },
];
export const draw: InnerPage[] = [
  { name: "commit-draw", path: "/draws/new", label: "draws.new", page: () => import("./CommitPage.vue") },
  { name: "draw", path: "/draws/:drawId", label: "draws.page", page: () => import("./DrawPage.vue") },
];
