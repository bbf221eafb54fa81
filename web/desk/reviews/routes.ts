import type { DeskPage } from "../pages";

export const reviews: DeskPage[] = [
  {
    name: "reviews",
    path: "/reviews",
    label: "reviews.page",
    section: "orders",
    roles: ["coordinator"],
    page: () => import("./ReviewsPage.vue"),
  },
];
