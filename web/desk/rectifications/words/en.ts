import type { zh } from "./zh";

export const en: typeof zh = {
  rectifications: {
    page: "Rectifications", title: "To be put right", due: "Due", left: "{n} days left", today: "Due today", over: "{n} days over", proofs: "Proofs sent",
    rechecks: "Rechecks", none: "Nothing has to be put right.", noProof: "None yet", passed: "Passed", failed: "Not passed",
  },
};
