import type { DeskPage, InnerPage } from "../pages";

export const orders: DeskPage[] = [
  {
    name: "orders",
    path: "/orders",
    label: "orders.page",
    section: "orders",
    roles: ["agency_clerk", "approver", "inspector", "coordinator", "auditor"],
    page: () => import("./OrdersPage.vue"),
  },
];
export const order: InnerPage[] = [
  { name: "order", path: "/orders/:orderId", label: "orders.page", page: () => import("./OrderPage.vue") },
];
