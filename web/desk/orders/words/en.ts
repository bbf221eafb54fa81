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
  actions: {
    draft: "Drafted", revise: "Changed", submit: "Submitted", return: "Returned", review: "Reviewed", approve: "Approved", issue: "Issued",
    enter: "Entered", record: "Recorded", conclude: "Concluded", order_rectification: "Rectification ordered", refer: "Referred",
    recheck: "Rechecked", close: "Closed", ratify: "Ratified", disapprove: "Disapproved", replace: "Inspector replaced",
    prove: "Proof sent", extend: "Deadline extended", cancel: "Cancelled", expire: "Expired", join: "Joined",
    be_absorbed: "Taken into a joint visit", split: "Split", be_restored: "Restored from a joint visit",
  },
  orders: {
    page: "Orders", title: "Orders", state: "State", all: "All", enterprise: "Enterprise", window: "Window",
    trigger: "Trigger", items: "Items", agency: "Agency", search: "Enterprise: name (two characters or more), pinyin or code", from: "Window from",
    to: "Window to", widen: "Clear the filters", ofOne: "Orders of this one enterprise.", ofCampaign: "Only orders of this campaign.", seeCampaign: "See the campaign", ofDraw: "Only orders of this draw.", seeDraw: "See the draw", allOf: "See all of these orders", none: "No order fits.", moved: "It changed while it waited: look at it again before you approve.",
  },
  order: {
    premises: "Premises", onSite: "Why on site", noticeRead: "Notice read by the enterprise", inspectors: "Inspectors", findings: "The gate", visits: "Visits this year",
    all: "All agencies", visited: "made", planned: "planned", caps: "Yearly cap", nthOf: "This is visit {nth} of {cap} a year", nth: "This is visit {nth} of the year, no cap is set",
    uncounted: "A visit of this kind takes no place under the cap.", steps: "History", approve: "Approve", revise: "Change", return: "Return",
    submit: "Submit", issue: "Issue", returnReason: "Why it is returned", clue: "Clue or document", clean: "Nothing found.",
    basis: "Legal basis", given: "Reason given",
    ratifications: { pending: "Waits for the head's word", ratified: "Ratified", disapproved: "Not approved by the head" }, ratify: "Ratify the urgent visit", ratifyTitle: "Ratify this urgent visit?", disapprove: "Disapprove", disapproveReason: "Why it is not approved",
    joint: "See the joint order", recheckOf: "See the order that is rechecked", close: "Close", closeTitle: "Close this order?", closeWhat: "Nothing of it changes afterwards; the case file is complete.",
    cancel: "Cancel", cancelTitle: "Cancel this order?", cancelReason: "Why it is cancelled",
    caseFile: "Case file", caseFileWhat: "One archive: a PDF to read, all data, the evidence and both sides' receipts, signed, so that it can be verified offline. The audit says who had it.", export: "Export the case file", packing: "Packing the case file…",
    pass: "Pass the review", passTitle: "Pass the review?", passReason: "What was found", refuse: "Send back", refuseReason: "Why it does not pass",
  },
  replace: {
    begin: "Replace an inspector", title: "Replace an inspector", what: "Who cannot come is replaced before entry by another inspector of the same agency, on the word of its head. The enterprise sees the new names at once.",
    replaced: "Cannot come", replacement: "Comes instead", choose: "Choose", reason: "Why they are replaced", do: "Replace", outOfScope: "not for these domains",
    nobody: "Your agency has nobody else whose credential is valid on all these days.",
  },
  joint: {
    title: "One joint visit", look: "Find orders of these premises to merge", which: "Taken into this order", see: "See", noneHere: "No other order of these premises can be merged.",
    noneOwn: "Your agency has no other order of these premises that can be merged. With other agencies: propose a join, or ask the coordinator.",
    becomes: "What comes of it", lead: "Lead", agencies: "Agencies", headcount: "People", moved: "The days of this order hold; the other was for {from} – {to}.", once: "On both, checked once: {items}",
    unapproved: "This order is approved: one that is not will be refused. Approve the other first, or merge the other way round, on its page.",
    merge: "Merge", mergeTitle: "Take the order of {agency} into this one?", mergeWhat: "They become one visit and count once. State, days and lead are those of this order; it can be split again until somebody enters.",
    livesIn: "Part of the joint visit led by {agency}.", brought: "Order that {agency} brought", cameFor: "Came for {from} – {to}",
    split: "Split", splitTitle: "Let the order of {agency} leave the joint visit?", splitReason: "Why it leaves", stays: "They have entered, or it is for the agency that leaves, or the coordinator, to split.",
    splitWhat: "What leaves is a draft again, with the items, people and days it came with, and is submitted anew. The joint order goes on.",
  },
  case: {
    title: "What became of it", entered: "Entered", result: "Conclusion", concludeBy: "To be told by", closed: "Closed", proofs: "Proof sent by the enterprise", photos: "Pictures", noRecheck: "Not rechecked yet", newDue: "New deadline",
    results: { no_problem: "no problem", reminder: "reminder", order_rectification: "rectification ordered", refer: "referred" },
    overdue: { ratification: "ratification overdue", conclusion: "conclusion overdue", rectification: "rectification overdue" },
    record: "Record", notYet: "Nothing is recorded yet.", problems: "{n} problem(s)", findings: { ok: "in order", problem: "problem", not_applicable: "does not apply" },
    statement: "Statement of the enterprise", noStatement: "none", signed: "Signed by", unsigned: "Not signed", witness: "witness:",
    kinds: { photo: "Photo", signature: "Signature" }, added: "added after the record", lost: "The picture did not come: load the page again.",
    recheck: "Remote recheck", recheckWhat: "By what the enterprise sent, by video or data: no visit where none is needed.", isRight: "What was to be put right", passed: "Is put right: close", failed: "Is not: a new deadline",
    seen: "What was seen, and how it was verified", doRecheck: "Record the recheck", whoRechecks: "Inspectors of the agency recheck remotely, logged in at the desk. Where it must be on site:", onSite: "draft a recheck order",
  },
};
