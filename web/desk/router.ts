import { createRouter, createWebHashHistory } from "vue-router";
import { account } from "@shared/session";

type Role = NonNullable<typeof account.value>["roles"][number];
/** Which roles find a page in their menu; the services decide what anybody may do. */
export const PAGES: { name: string; path: string; roles: Role[]; page: () => Promise<unknown> }[] = [
  { name: "net", path: "/net", roles: ["coordinator", "auditor", "approver", "agency_clerk"], page: () => import("./pages/NetPage.vue") },
  { name: "approvals", path: "/approvals", roles: ["approver"], page: () => import("./pages/ApprovalsPage.vue") },
  { name: "orders", path: "/orders", roles: ["agency_clerk", "approver", "coordinator", "auditor"], page: () => import("./pages/OrdersPage.vue") },
  { name: "draft", path: "/draft", roles: ["agency_clerk"], page: () => import("./pages/DraftPage.vue") },
];

export function menu() {
  const roles = account.value?.roles ?? [];
  return PAGES.filter((page) => page.roles.some((role) => roles.includes(role)));
}

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: "/login", name: "login", component: () => import("./pages/LoginPage.vue") },
    { path: "/orders/:orderId", name: "order", component: () => import("./pages/OrderPage.vue"), props: true },
    { path: "/", name: "home", component: () => import("./pages/NothingPage.vue") },
    ...PAGES.map(({ name, path, page }) => ({ name, path, component: page })),
  ],
});

router.beforeEach((to) => {
  if (to.name !== "login" && !account.value) return { name: "login", query: { next: to.fullPath } };
  const first = menu()[0];
  if (to.name === "home" && first) return first.path;
});
