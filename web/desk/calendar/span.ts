/** The days a calendar shows: whole weeks from a Monday. */
import { plus, weekday } from "../days";

export type View = "month" | "week";

const monday = (day: string): string => plus(day, -weekday(day));
const firstOf = (day: string): string => `${day.slice(0, 7)}-01`;

export function daysOf(view: View, day: string): string[] {
  const first = monday(view === "month" ? firstOf(day) : day);
  const last = view === "month" ? plus(moved("month", day, 1), -1) : first;
  const weeks = view === "month" ? Math.ceil((weekday(firstOf(day)) + Number(last.slice(8))) / 7) : 1;
  return Array.from({ length: weeks * 7 }, (_, place) => plus(first, place));
}

/** To the first of the next or last month, or a week on. */
export function moved(view: View, day: string, by: 1 | -1): string {
  if (view === "week") return plus(day, 7 * by);
  return by > 0 ? firstOf(plus(firstOf(day), 31)) : firstOf(plus(firstOf(day), -1));
}
