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
  unsaved: { title: "What you filled in is not saved", what: "If you leave now, it is lost.", leave: "Leave without saving", stay: "Go on filling in" },
  stale: {
    title: "Somebody saved meanwhile", changed: "What they changed", elsewhere: "They changed nothing of this form.", field: "Field", before: "When you opened it",
    now: "Now", mine: "Yours", clashes: "you changed it too", keepMine: "Keep mine", takeTheirs: "Drop mine, show the newest",
    what: "Look at it once more, then save: yours where you changed something, the newest elsewhere.",
    yes: "Yes", no: "No", rows: "{n} entries", other: "another one", steps: "What was done meanwhile", stepsWhat: "Below is the newest: look at it, then go on.",
  },
  login: { title: "Log in to the desk", username: "Account", password: "Password", enter: "Log in" },
};
