import { createRouter, createWebHashHistory } from "vue-router";
import { person } from "./person";

export const router = createRouter({
  history: createWebHashHistory(),
  scrollBehavior: (_to, _from, before) => before ?? { top: 0 },
  routes: [
    { path: "/login", name: "login", component: () => import("./pages/LoginPage.vue") },
    { path: "/password", name: "password", component: () => import("./pages/PasswordPage.vue") },
    { path: "/", name: "today", component: () => import("./pages/TodayPage.vue") },
    { path: "/credential", name: "credential", component: () => import("./pages/CredentialPage.vue") },
    { path: "/search", name: "search", component: () => import("./pages/SearchPage.vue") },
    { path: "/urgent", name: "urgent", component: () => import("./pages/UrgentPage.vue") },
    { path: "/queue", name: "queue", component: () => import("./pages/QueuePage.vue") },
    { path: "/orders/:orderId", name: "order", component: () => import("./pages/OrderPage.vue"), props: true },
    { path: "/orders/:orderId/entry", name: "entry", component: () => import("./pages/EntryPage.vue"), props: true },
    { path: "/orders/:orderId/record", name: "record", component: () => import("./pages/RecordPage.vue"), props: true },
  ],
});

router.beforeEach((to) => {
  if (to.name !== "login" && !person.value) return { name: "login", query: { next: to.fullPath } };
  if (to.name !== "login" && to.name !== "password" && person.value?.must_change) return { name: "password" };
});
