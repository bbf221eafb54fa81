import type { DeskPage, InnerPage } from "../pages";

export const yearly: DeskPage[] = [
  { name: "yearly-plans", path: "/plans", label: "plans.page", section: "orders", roles: ["agency_clerk", "approver", "inspector", "coordinator", "auditor"], page: () => import("./PlansPage.vue") },
];
export const yearlyPlan: InnerPage[] = [
  { name: "yearly-plan", path: "/plans/:planId", label: "plans.page", page: () => import("./PlanPage.vue") },
  { name: "plan-draft", path: "/plans/drafts/:year", label: "plans.page", page: () => import("./PlanDraftPage.vue") },
];
