import type { zh } from "./zh";

export const en: typeof zh = {
  planner: {
    page: "Joint plans", title: "Joint plans", start: "Start", new: "A new plan", again: "Plans made", none: "No plan yet.",
    area: "Area code", from: "From", to: "To", seconds: "Seconds at most", perDay: "Visits a day and inspector", period: "Period", made: "Made",
    states: { waiting: "Queued", running: "Running", finished: "Finished", failed: "Failed" },
    progress: "Progress", back: "All plans",
    measure: "Measure", before: "Each on its own", after: "As planned", saved: "Saved",
    visits: "Visits", hours: "Person-hours", bound: "Proven bound", gap: "Gap to the bound", optimal: "Proven optimal", feasible: "Feasible, not proven",
    orders: "Orders", joinedVisits: "Joint visits", unserved: "Could not be placed",
    views: { joined: "Visits to join", apart: "Apart, and why" },
    day: "Day", lead: "Lead", people: "People", agencies: "{n} orders", take: "Take", takeAll: "All on this page",
    accept: "Accept these and propose", accepted: "Proposed", acceptTitle: "Accept {n} visits?", acceptWhat: "Each goes to its agencies as a join proposal; nothing is joined before they agree.",
    noJoined: "No visit can be joined.", noApart: "Every order is in a joint visit.",
    why: "Why", alone: "On its own", unservedOne: "Not placed",
  },
};
