import type { zh } from "./zh";

export const en: typeof zh = {
  net: { page: "One net" },
  figures: {
    title: "This year, live", live: "Live", waiting: "Reconnecting…", inspections: "Inspections", joint: "of these joint",
    coverage: "Scanned in", finding: "With findings", refusals: "Entries refused", found: "Duplicates found",
    joined: "Joined", overridden: "Kept apart, with a reason", unanswered: "Open", flagged: "Doubtful scans",
    late: "Back-filled", complaints: "Complaints", open: "open", rating: "Rating", byAgency: "By agency", agency: "Agency",
    csv: "Download CSV",
  },
};
