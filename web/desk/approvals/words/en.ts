import type { zh } from "./zh";

export const en: typeof zh = {
  approvals: {
    page: "To approve", title: "Orders waiting for my approval", empty: "No order waits for you.",
    urgent: "Urgent visits that wait for your word", by: "Due", overdue: "Overdue",
    caps: "Visits this year made / planned", findings: "The gate", clean: "Nothing found", history: "History", submitted: "Submitted",
    needsReason: "Needs a reason: decide it on its own", take: "Take", takeAll: "All that need no reason",
    approve: "Approve these", approveTitle: "Approve {n} orders?", approveWhat: "None has a finding that needs a reason. Approving signs them.",
    return: "Return", returnReason: "Why it is returned", approved: "Approved", returned: "Returned", open: "Open",
  },
};
