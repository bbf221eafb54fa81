import { createRouter, createWebHashHistory } from "vue-router";
import { account } from "@shared/session";
import { approvals } from "./approvals/routes";
import { drafting } from "./drafting/routes";
import { net } from "./net/routes";
import { order, orders } from "./orders/routes";
import { type DeskPage, type InnerPage, SECTIONS } from "./pages";

const PAGES: DeskPage[] = [...net, ...approvals, ...orders, ...drafting];
const INNER: InnerPage[] = [...order];

/** What an account finds in its menu, by section. */
export function menu() {
  const roles = account.value?.roles ?? [];
  const mine = PAGES.filter((page) => page.roles.some((role) => roles.includes(role)));
  return SECTIONS.map((section) => ({ section, pages: mine.filter((page) => page.section === section) })).filter(
    ({ pages }) => pages.length,
  );
}

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: "/login", name: "login", component: () => import("./shell/LoginPage.vue"), meta: { label: "login.title" } },
    { path: "/", name: "home", component: () => import("./shell/NothingPage.vue"), meta: { label: "login.title" } },
    { path: "/:unknown(.*)*", redirect: "/" },
    ...[...PAGES, ...INNER].map(({ name, path, label, page }) => ({ name, path, component: page, props: true, meta: { label } })),
  ],
});

router.beforeEach((to) => {
  if (to.name !== "login" && !account.value) return { name: "login", query: { next: to.fullPath } };
  const first = menu()[0]?.pages[0];
  if (to.name === "home" && first) return first.path;
});
