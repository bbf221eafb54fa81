import type { zh } from "./zh";

export const en: typeof zh = {
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
  orders: {
    page: "Orders", title: "Orders", state: "State", all: "All", enterprise: "Enterprise", window: "Window",
    trigger: "Trigger", items: "Items", agency: "Agency",
  },
  order: {
    premises: "Premises", onSite: "Why on site", inspectors: "Inspectors", findings: "The gate", visits: "Visits this year",
    all: "All agencies", visited: "made", planned: "planned", steps: "History", approve: "Approve", return: "Return",
    submit: "Submit", issue: "Issue", returnReason: "Why it is returned", clue: "Clue or document", clean: "Nothing found.",
    basis: "Legal basis",
  },
};
