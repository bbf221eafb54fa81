import type { zh } from "./zh";

export const en: typeof zh = {
  sheet: {
    page: "Draft from a sheet", title: "Draft orders from a spreadsheet", example: "Download an example", exampleFile: "order-sheet-example.csv", faultFile: "order-sheet-faults.csv",
    what: "One order a row, 500 rows at most: unified social credit code or name, items, inspectors, first and last day, why on site. It is checked first, and drafted when you say so.",
    working: "The gate is looking at every row…", missing: "Required columns are missing: {fields}. Say below which they are, or mend the header and choose the file again.",
    known: "{known} columns known, {ignored} left out: look and change", columns: "A change is checked again by itself.",
    rows: "Rows of the sheet", said: "What is said of it", unread: "This row was not understood; see why beside.", clean: "Nothing to say", thatOrder: "See that order", only: "Only rows with something to say",
    empty: "There is nothing below the header. Fill it in and choose the file again.", nothing: "Nothing is wrong and the gate has nothing to say.", faults: "Download the faults (CSV)",
    draft: "Draft {count} orders", ask: "Draft {count} orders?", askWhat: "Rows with faults are left out; mend them and send the sheet again: what is drafted is not drafted twice. What the gate says stops no draft and is answered when each is submitted.",
    drafted: "{count} orders are drafted. Submit each.", another: "Another sheet",
    unsaved: { title: "Nothing is drafted yet", what: "If you leave now, the file and what its columns mean are gone; no order is drafted.", leave: "Leave without drafting", stay: "Stay here" },
    like: "A sheet looks like this", likeWhat: "The first line is the header; the order of columns does not matter and others are left out. Items and people by code, certificate number or full name, several with semicolons between; premises may be left out where there is only one; no trigger means routine.",
    counts: { rows: "Rows", good: "Can be drafted", drafted: "Drafted", faulty: "With faults", findings: "With findings" },
  },
};
