import type { zh } from "./zh";

export const en: typeof zh = {
  proposals: {
    page: "Join proposals", title: "Join proposals",
    views: { waiting: "Waiting for an answer", open: "Open", settled: "Settled" },
    none: "No join proposals.", noneWaiting: "No proposal waits for an answer.",
    enterprise: "Enterprise", agencies: "Agencies", from: "Proposed by", proposedAt: "Proposed", state: "State", mine: "Ours", coordinator: "Coordinator",
    states: { open: "Waiting", joined: "Joined", declined: "Not joined", withdrawn: "Withdrawn", lapsed: "Lapsed" },
    answers: { accepted: "Accepted", countered: "Other terms", declined: "Declined", none: "No answer yet" },
    terms: "Terms that stand", round: "Round {n}", lead: "Lead", window: "Window", people: "Who comes", note: "Note", reason: "Reason",
    orders: "Side by side", moved: "Changed since it was proposed", answered: "Answers", earlier: "Earlier rounds",
    accept: "Accept these terms", decline: "Decline", declineTitle: "Decline the join", declineReason: "Why it is declined",
    counter: "Offer other terms", counterReason: "Why they should change", from2: "From", to2: "To", headcount: "People who come", send: "Offer", keep: "Leave them",
    withdraw: "Withdraw", withdrawTitle: "Withdraw this proposal?", withdrawReason: "Why it is withdrawn",
    decide: "Coordinator decides", join: "Join them", dismiss: "Let them go apart", decideReason: "Why",
    joint: "The joint order", settledAt: "Settled", byCoordinator: "decided by a coordinator",
  },
};
