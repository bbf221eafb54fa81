import type { DeskPage } from "../pages";

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
