import type { zh } from "./zh";

export const en: typeof zh = {
  calendar: {
    page: "Calendar", title: "Visits of our agency", views: { month: "Month", week: "Week" }, before: "Earlier", after: "Later", today: "Today",
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], none: "No orders in this time.", list: "Orders of this time", more: "{n} more",
    start: "First day",
  },
};
