import type { zh } from "./zh";

export const en: typeof zh = {
  reviews: {
    page: "Filing review", title: "Orders that wait for their filing review", what: "Campaigns and what no plan foresees are issued only after it.",
    empty: "No order waits for a review.", none: "No order fits.", why: "Why it is reviewed", submitted: "Submitted", decide: "Review", passed: "Passed",
    refused: "Not passed, sent back",
  },
};
