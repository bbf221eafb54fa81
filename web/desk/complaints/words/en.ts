import type { zh } from "./zh";

export const en: typeof zh = {
  complaints: {
    page: "Complaints", title: "Complaints", what: "Only coordinators see them: no agency and no inspector learns who complained. The first due come first.",
    views: { open: "To do", answered: "To be followed up", followed: "Followed up", all: "All" },
    states: { filed: "to be assigned", assigned: "assigned", handling: "in hand", answered: "answered", followed_up: "followed up", reopened: "dealt with again" },
    steps: { assign: "Assign", handle: "Start to handle", answer: "Answer the enterprise", follow_up: "Follow up", reopen: "Deal with it again" },
    due: "Answer due", enterprise: "Enterprise", about: "About", agency: "Agency complained of", filed: "Filed", state: "Progress", late: "Overdue",
    noAgency: "No agency named", unnamed: "The name is on its way", reopened: "dealt with again {n} time(s)", none: "No such complaint.", noneOpen: "No complaint to do.",
    visit: "Visit", order: "See the order", text: "What the enterprise says", answer: "Answer to the enterprise", way: "What was done", desk: "Coordinator", next: "Next step", which: "Step",
    note: "Note (may be empty)", noteWhat: "Seen on this page only, not by the enterprise.", answerWords: "Answer", answerWhat: "The enterprise reads it under its tracking number: say what was found and what was done.",
  },
};
