import type { zh } from "./zh";

export const en: typeof zh = {
  net: {
    page: "One net", map: "By area", mapLabel: "Grid cells, shaded by their figure; arrow keys move, Enter shows the orders", shows: "Show", area: "Street or town", cell: "Cell", cells: "All cells", elsewhere: "Elsewhere",
    mapped: { inspections: "Inspections", joint: "Joint", with_finding: "With findings", unscanned: "Unscanned", duplicates: "Duplicates", entered_today: "Entered today", over_cap: "Over the cap" },
    today: "Entries today", allToday: "All of today", noneToday: "Nobody has entered today.",
    by: { agency: "Agency", day: "Day", industry: "Industry" },
    charts: { agency: "By agency", day: "Last 90 days, by day", industry: "By industry" },
    behind: "The orders behind a number", measure: "Measure", from: "From", to: "To", widen: "Drop other filters", day: "Visited", entry: "Entry", noScan: "Not scanned",
    measures: {
      inspections: "Inspections", entered: "Scanned in", unscanned: "Unscanned", late: "Back-filled", flagged: "Doubtful scans", joint: "Joint",
      concluded: "Concluded", with_finding: "With findings",
      backfilled_late: "Back-filled too late", urgent: "Urgent", ratified: "Ratified", disapproved: "Disapproved", ratified_late: "Ratified late", unratified: "Waiting for ratification", ratification_overdue: "Ratification overdue", conclusion_overdue: "Conclusion overdue", rectification_overdue: "Rectification overdue", duplicates: "Duplicates found", joined: "Joined", overridden: "Apart, with a reason", dismissed: "Not a duplicate", unanswered: "Unanswered duplicates", refused: "Entries refused", visit_refused: "Refused by enterprises", visit_refused_supported: "Lawfully refused", complaints: "Complaints", complaints_open: "Open complaints", complaints_overdue: "Overdue complaints",
    },
  },
  figures: {
    title: "This year, live", live: "Live", waiting: "Reconnecting…", inspections: "Inspections", joint: "of these joint",
    coverage: "Scanned in", unscanned: "Unscanned", finding: "With findings", refusals: "Entries refused", found: "Duplicates found",
    joined: "Joined", overridden: "Kept apart, with a reason", unanswered: "Open", flagged: "Doubtful scans",
    late: "Back-filled", complaints: "Complaints", open: "open", rating: "Rating", byAgency: "By agency", agency: "Agency",
  },
};
