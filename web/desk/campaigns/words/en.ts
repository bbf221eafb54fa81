import type { zh } from "./zh";

export const en: typeof zh = {
  campaigns: {
    page: "Campaigns", title: "Special campaigns", file: "File a campaign", fileTitle: "File a campaign", correct: "Correct", correctTitle: "Correct a filing", revise: "Revise", reviseTitle: "Revise a campaign", save: "Save",
    what: "Campaigns approved by a government: filed first, then published by the head. Orders may be drafted under what is public, until its quota is used.",
    fileWhat: "As the approval says. It can be corrected until the head publishes it.",
    reviseWhat: "It is public: revise it only as the government decided anew. The revision and its reason are public, and what it was stays readable.",
    notYours: "What is public is revised by the head, what is not by the clerk; what has ended stays as it is.",
    views: { own: "Own agency", public: "Published by any" },
    active: "Ended or not", isActive: "Not ended", all: "All", agency: "Agency", state: "State", days: "Days", used: "Quota used", usedOf: "{used} of {quota} visits used", usedNow: "{used} orders take a place already.",
    states: { filed: "Not public", coming: "Not begun", running: "Running", over: "Days are over", ended: "Ended" },
    none: "No campaign like this.", noneYet: "No campaign filed yet.", nonePublic: "No campaign is public yet.",
    notices: "Notices", filedWhat: "Not public yet: others do not see it, and no order can be drafted under it.", notPublic: "Not yet",
    fields: {
      name: "Name", filing_number: "Filing number", approving_government: "Approved by", approved_on: "Approved on", published_on: "Published on", starts_on: "From", ends_on: "To",
      quota: "Quota (visits)", objects: "Scope (premises)", full_coverage_approved: "Full coverage approved", reason: "Reason of the revision (public)",
    },
    places: "{n} premises", fullCoverage: "The government approved visiting all, not a sample",
    publish: "Publish", publishTitle: "Publish “{name}”?", publishWhat: "{quota} visits among {objects} premises. Everybody can read it; from then on only the head can revise it, with a reason.",
    end: "End", endTitle: "End “{name}”?", endWhat: "Orders that stand go on, none is added. This cannot be undone.", endReason: "Why it ends (public)",
    draft: "Draft an order", orders: "Orders of this campaign", noOrders: "No orders yet.", leftWhat: "{left} visits are left. Cancelled and expired orders give their place back.",
    versions: "Versions", deeds: { filed: "Filed", corrected: "Corrected", published: "Published", revised: "Revised", ended: "Ended" },
  },
};
