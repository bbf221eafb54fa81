import type { DeskPage, InnerPage } from "../pages";

export const net: DeskPage[] = [
  {
    name: "net",
    path: "/net",
    label: "net.page",
    section: "watch",
    roles: ["coordinator", "auditor", "approver", "agency_clerk"],
    page: () => import("./NetPage.vue"),
  },
];
export const numbers: InnerPage[] = [
  { name: "numbers", path: "/net/orders", label: "net.behind", page: () => import("./NumbersPage.vue") },
];
