import type { zh } from "./zh";

export const en: typeof zh = {
  skip: "Skip to content",
  menu: "Menu",
  logOut: "Log out",
  nothingHere: "Your account has no page at the desk. Inspectors use the phone.",
  empty: "Nothing here yet",
  more: "More",
  working: "Working…",
  pages: { net: "One net", approvals: "To approve", orders: "Orders", draft: "Draft" },
  login: { title: "Log in to the desk", username: "Account", password: "Password", enter: "Log in" },
  outcome: { notice: "Notice", justify: "Give a reason", block: "Blocked" },
  reason: "Reason",
  states: {
    drafted: "Drafted", submitted: "Submitted", approved: "Approved", issued: "Issued", entered: "Entered",
    recorded: "Recorded", concluded: "Concluded", closed: "Closed", rectifying: "Rectifying", referred: "Referred",
    cancelled: "Cancelled", expired: "Expired", absorbed: "Joined into another",
  },
  triggers: {
    routine: "Routine", random: "Random draw", campaign: "Campaign", complaint: "Complaint", assigned: "Assigned",
    requested: "Requested", monitoring: "Monitoring", urgent: "Urgent", recheck: "Recheck",
  },
  figures: {
    title: "This year, live", live: "Live", waiting: "Reconnecting…", inspections: "Inspections", joint: "of these joint",
    coverage: "Scanned in", finding: "With findings", refusals: "Entries refused", found: "Duplicates found",
    joined: "Joined", overridden: "Kept apart, with a reason", unanswered: "Open", flagged: "Doubtful scans",
    late: "Back-filled", complaints: "Complaints", open: "open", rating: "Rating", byAgency: "By agency", agency: "Agency",
    csv: "Download CSV",
  },
  orders: { title: "Orders", state: "State", all: "All", enterprise: "Enterprise", window: "Window", trigger: "Trigger", items: "Items", agency: "Agency" },
  order: {
    premises: "Premises", onSite: "Why on site", inspectors: "Inspectors", findings: "The gate", visits: "Visits this year",
    all: "All agencies", visited: "made", planned: "planned", steps: "History", approve: "Approve", return: "Return",
    submit: "Submit", issue: "Issue", returnReason: "Why it is returned", clue: "Clue or document", clean: "Nothing found.",
    basis: "Legal basis",
  },
  approvals: { title: "Orders waiting for my approval", empty: "No order waits for you." },
  draft: {
    title: "Draft an order", search: "Name or unified social credit code", choose: "Choose the enterprise",
    premises: "Premises", items: "Items", inspectors: "Inspectors", from: "From", to: "To", trigger: "Trigger",
    clue: "Clue, document or request", onSite: "Why it must be on site", considered: "Ways without a visit that were considered",
    ways: { written: "In writing", data_sharing: "By shared data", remote: "Remotely" },
    checking: "The gate is looking…", clean: "The gate has nothing to say.",
    incomplete: "Once enterprise, premises, items, people and window are there, the gate looks by itself.",
    save: "Save the draft",
  },
};
