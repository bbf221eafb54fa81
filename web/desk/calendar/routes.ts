import type { DeskPage } from "../pages";

export const calendar: DeskPage[] = [
  { name: "calendar", path: "/calendar", label: "calendar.page", section: "orders", roles: ["agency_clerk", "approver"], page: () => import("./CalendarPage.vue") },
];
