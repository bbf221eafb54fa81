import type { DeskPage, InnerPage } from "../pages";

export const planner: DeskPage[] = [
  { name: "plans", path: "/joint-plans", label: "planner.page", section: "join", roles: ["coordinator"], page: () => import("./PlansPage.vue") },
];
export const plan: InnerPage[] = [
  { name: "plan", path: "/joint-plans/:planId", label: "planner.page", page: () => import("./PlanPage.vue") },
];
