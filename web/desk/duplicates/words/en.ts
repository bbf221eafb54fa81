import type { zh } from "./zh";

export const en: typeof zh = {
  duplicates: {
    page: "Duplicates desk",
    title: "Duplicates desk",
    views: { open: "To decide", all: "All clusters", rates: "Rates by agency" },
    days: "Looking back", within: "{n} days",
    visits: "{n} visits", agencies: "{n} agencies", spare: "{n} too many",
    day: "Visited", window: "Window", people: "{n} people", take: "Into one visit",
    whyTitle: "Why they are seen as duplicates",
    why: {
      same_agency_overlapping: "Same agency, windows overlap", same_agency_again: "Same agency again after {n} days",
      other_agency_near: "Another agency, {n} days apart", other_agency_overlapping: "Two agencies, windows overlap",
      same_item_again: "Same item",
    },
    kinds: {
      same_agency_overlapping: "same agency, windows overlap", same_agency_again: "same agency again",
      other_agency_near: "several agencies one after the other", same_item_again: "same item",
    },
    verdict: {
      open: "To decide", joined: "Joined", dismissed: "Not a duplicate", overridden: "Apart, with a reason",
      ignored: "Visited apart, no reason",
    },
    propose: "Propose a join", proposed: "Proposed", toProposal: "See the proposal", waits: "A proposal is open",
    terms: "Propose on other terms", from: "From", to: "To", headcount: "People who come", note: "Note",
    dismiss: "Not a duplicate", dismissTitle: "Say “not a duplicate”",
    dismissWhat: "It is remembered until one of the two orders changes.", dismissReason: "Why they are not the same work",
    noneOpen: "No duplicate waits for a decision.", none: "No duplicates in this time.",
    agency: "Agency", found: "Pairs found", open: "To decide", shares: "Joined / apart / dismissed / no reason",
    rates: { joined: "Joined", overridden: "Apart, with a reason", dismissed: "Not a duplicate", ignored: "No reason" },
    ratesNote: "A pair of two agencies counts for each of them.",
  },
};
