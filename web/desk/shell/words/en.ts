import type { zh } from "./zh";

export const en: typeof zh = {
  name: "Yicha",
  place: "Desk",
  skip: "Skip to content",
  menu: "Menu",
  logOut: "Log out",
  nothingHere: "Your account has no page at the desk. Inspectors use the phone.",
  sections: { watch: "Overview", join: "Joint visits", orders: "Orders", registry: "Registry", system: "System" },
  empty: "Nothing here yet",
  more: "More",
  working: "Working…",
  asTable: "As a table",
  csv: "Download CSV",
  ask: { no: "Not now", reason: "Reason" },
  login: { title: "Log in to the desk", username: "Account", password: "Password", enter: "Log in" },
};
