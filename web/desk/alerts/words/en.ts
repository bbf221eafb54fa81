import type { zh } from "./zh";

export const en: typeof zh = {
  alerts: {
    page: "Alerts", title: "Alerts", views: { now: "To deal with", aside: "Set aside" }, kind: "Kind", all: "All", none: "No alerts.",
    since: "Since", due: "Due", aside: "Set aside", asideTitle: "Set this alert aside?", asideReason: "Why", back: "Take back", orders: "Orders of this enterprise", agency: "Agency", by: "set aside by {name}",
    setAside: "Set aside", kept: "Taken back",
  },
};
