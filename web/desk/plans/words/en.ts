import type { zh } from "./zh";

export const en: typeof zh = {
  plans: {
    page: "Yearly plans", title: "Yearly plans of inspection", what: "Each agency makes its plan public by 31 March; a revision may come at any time, and old ones stay readable.", ofYear: "Plan of {year}", draftOf: "Draft of the plan of {year}",
    published: "Published plans", empty: "No plan is published yet.", none: "No plan fits.", year: "Year", visits: "Visits", item: "Item", items: "Items of the plan", code: "Code",
    change: "Against the revision before", changes: "The draft against the revision before (as it is saved)", total: "Total", visited: "Made", ahead: "To come", share: "Done",
    progressWhat: "Counted are routine, random and campaign visits; those after a complaint, by assignment or for a recheck are not planned.", same: "unchanged", added: "new", was: "was {n}", gone: "left the plan, was {n}", sum: "{n} visits",
    revision: "Revision {n}", revisions: "Revisions", publicOn: "published {day}", notPublic: "Not published yet.", due: "It is to be public by {day}.", overdue: "Overdue", late: "Published late",
    states: { drafted: "Draft", published: "In force", superseded: "Revised since" }, heads: { revision: "Revision", day: "Published" },
    readDraft: "Read the draft, publish", goOn: "Go on with the draft", write: "Write the plan", revise: "Revise", noDraft: "There is no draft yet; a clerk writes it.", headPublishes: "Once it is saved, the head of the agency publishes it.",
    note: "What the plan is for", why: "Why it is revised", search: "Find an item by code or name", visitsOf: "{name}: visits", blank: "An item without a number is not in the plan.", offList: "Off your agency's list: clear it", oneAtLeast: "Give at least one item a number of visits.", noItems: "Your agency has no published items.",
    anyTime: "A revision has no deadline; once published it takes the place of the one before.", save: "Save the draft", saved: "Saved",
    publish: "Publish", publishTitle: "Publish the plan of {year}?", publishWhat: "{n} visits. Everybody can read it from now on and it cannot be taken back; a change needs a new revision.", publishLate: "It is past {day}: it will be marked as late.",
  },
};
