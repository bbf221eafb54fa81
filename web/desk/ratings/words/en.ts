import type { zh } from "./zh";

export const en: typeof zh = {
  ratings: {
    page: "Ratings", title: "Ratings",
    what: "What enterprises say of inspections, released by agency in pools. No rating leads to an enterprise, an order, an inspector or a moment: nobody can find out who gave it, or for which visit. Please do not ask them.",
    from: "Released from", to: "To", agency: "Agency", all: "All", widen: "Clear the filters", grades: "The five grades", grade: "Grade", count: "Ratings", share: "Share", tags: "Tags they chose", tag: "Tag",
    note: "{n} ratings in {releases} pool(s) · satisfied {good}", batches: "Pools", on: "Released {on}", n: "{n} ratings", comments: "In their words (in random order)", silent: "Nobody of this pool left words.", none: "No rating fits.",
    empty: "No rating may be shown yet.",
    why: "To protect enterprises, ratings are shown by the pool: {pool} of one agency are released the same night. Fewer than {floor} never are; how many wait is not shown either.",
    whyOld: "Fewer than {pool} are released once the oldest is {days} days old and there are {floor} at least.",
  },
};
