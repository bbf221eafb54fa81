/** What came of a sheet: counted, narrowed, and as a file to correct it by. */
import type { Language } from "@shared/language";
import type { components } from "@api/inspection";

export type Sheet = components["schemas"]["OrderSheet"];
export type Row = Sheet["rows"][number];

export const isGood = (row: Row): boolean => row.wish !== null && !row.faults.length;
export const says = (row: Row): boolean => row.faults.length + row.findings.length > 0;

/** Of the findings, how many of each outcome; the gravest first. */
export function weighed(row: Row): [Row["findings"][number]["outcome"], number][] {
  return (["block", "justify", "notice"] as const)
    .map((outcome) => [outcome, row.findings.filter((finding) => finding.outcome === outcome).length] as [typeof outcome, number])
    .filter(([, count]) => count);
}

/** A line a fault, as the person corrects them. */
export const faultTable = (rows: Row[], heads: string[], wholeRow: string, language: Language): (string | number)[][] => [
  heads,
  ...rows.flatMap((row) => row.faults.map((fault) => [row.line, fault.column || wholeRow, fault.value, fault[language]])),
];
