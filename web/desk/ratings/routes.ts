import type { DeskPage } from "../pages";

export const ratings: DeskPage[] = [
  { name: "ratings", path: "/ratings", label: "ratings.page", section: "watch", roles: ["coordinator", "agency_clerk", "approver", "auditor"], page: () => import("./RatingsPage.vue") },
];
