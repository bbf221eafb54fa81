import type { zh } from "./zh";

export const en: typeof zh = {
  rectifications: {
    page: "Rectifications", title: "Rectifications", due: "Due", left: "{n} days left", today: "Due today", over: "{n} days over", proofs: "Proofs sent",
    rechecks: "Rechecks", none: "Nothing has to be put right.", noneFound: "No rectification fits.", stage: "Progress", stages: { rectifying: "To be put right", proved: "Proved, to be rechecked", closed: "Closed" },
    deadline: "Deadline", overdue: { true: "Over", false: "Still in time" }, closedOn: "closed {day}", noProof: "None yet", passed: "Passed", failed: "Not passed",
  },
};
