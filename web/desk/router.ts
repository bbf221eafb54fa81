import { createRouter, createWebHashHistory } from "vue-router";
import { account } from "@shared/session";
import { admin, administered } from "./admin/routes";
import { alerts } from "./alerts/routes";
import { approvals } from "./approvals/routes";
import { calendar } from "./calendar/routes";
import { campaign, campaigns } from "./campaigns/routes";
import { complaint, complaints } from "./complaints/routes";
import { drafting, revising } from "./drafting/routes";
import { draw, draws } from "./draws/routes";
import { duplicates } from "./duplicates/routes";
import { net, numbers } from "./net/routes";
import { order, orders } from "./orders/routes";
import { type DeskPage, type InnerPage, SECTIONS } from "./pages";
import { plan, planner } from "./planner/routes";
import { yearly, yearlyPlan } from "./plans/routes";
import { proposal, proposals } from "./proposals/routes";
import { ratings } from "./ratings/routes";
import { rectifications } from "./rectifications/routes";
import { refusals } from "./refusals/routes";
import { registered, registrar } from "./registrar/routes";
import { reviews } from "./reviews/routes";
import { sheets } from "./sheets/routes";
import { survey, surveys } from "./surveys/routes";

const PAGES: DeskPage[] = [...net, ...alerts, ...refusals, ...complaints, ...ratings, ...duplicates, ...planner, ...proposals, ...approvals, ...reviews, ...orders, ...drafting, ...sheets, ...yearly, ...campaigns, ...draws, ...calendar, ...rectifications, ...surveys, ...registrar, ...admin];
const INNER: InnerPage[] = [...numbers, ...order, ...campaign, ...draw, ...complaint, ...revising, ...yearlyPlan, ...plan, ...proposal, ...survey, ...registered, ...administered];

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
  if (to.name !== "login" && to.name !== "password" && account.value?.must_change) return { name: "password" };
  const first = menu()[0]?.pages[0];
  if (to.name === "home" && first) return first.path;
});
