/** Answers that were not sent yet: on this phone alone, and apart for each enterprise that uses it. */
import { bearer } from "@shared/session";
import type { Answer } from "@shared/survey/answer";

export type Answers = Record<string, Answer>;

/** The place where a survey's answers are kept for the enterprise that is logged in. */
export async function placeOf(surveyId: string): Promise<string> {
  const [, claims = ""] = (await bearer()).split(".");
  const { enterprise } = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/"))) as { enterprise: string };
  return `yicha.survey.${surveyId}.${enterprise}`;
}

export const kept = (place: string): Answers => JSON.parse(localStorage.getItem(place) ?? "{}") as Answers;
export const keep = (place: string, answers: Answers): void => localStorage.setItem(place, JSON.stringify(answers));
export const forget = (place: string): void => localStorage.removeItem(place);
