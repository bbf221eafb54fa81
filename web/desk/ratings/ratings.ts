/** Ratings that may be seen, and how they are summed up. */
import { computed, shallowRef } from "vue";
import { feedback, wanted } from "@shared/api";
import { language } from "@shared/language";
import type { components } from "@api/feedback";
import { percent } from "../surveys/figures";

type S = components["schemas"];
export type Release = S["Release"];
export type Totals = S["Totals"];
export type Asked = Record<string, string>;

/** 满意率: of those who are fairly satisfied at least. */
const GOOD = 3;
export const sum = (grades: number[]): number => grades.reduce((all, each) => all + each, 0);
export const satisfied = (grades: number[]): string => percent(sum(grades.slice(GOOD - 1)), sum(grades));

/** Grades and tags in the words of the service. */
export function useWords() {
  const words = shallowRef<S["RatingWords"] | null>(null);
  const load = async () => (words.value = await wanted(feedback.GET("/api/feedback/v1/rating-words")));
  const named = (rows: S["Word"][] | undefined) => new Map(rows?.map((row) => [row.code, row[language.value]]));
  const grades = computed(() => named(words.value?.grades));
  const tags = computed(() => named(words.value?.tags));
  return { load, grade: (code: number | string) => grades.value.get(String(code)) ?? "", tag: (code: string) => tags.value.get(code) ?? code };
}

/** The best first, with its name. `grades` come as how many of grade 1, 2, 3, 4, 5. */
export const gradeRows = (grades: number[], named: (code: number) => string): [string, number][] =>
  grades.map((count, at): [string, number] => [named(at + 1), count]).reverse();

/** The most frequent first. */
export const tagRows = (tags: Record<string, number>, named: (code: string) => string): [string, number][] =>
  Object.entries(tags).map(([code, count]): [string, number] => [named(code), count]).sort(([, one], [, other]) => other - one);

export const readTotals = (asked: Asked): Promise<Totals> => wanted(feedback.GET("/api/feedback/v1/released-ratings/totals", { params: { query: asked } }));
export const readReleases = (asked: Asked, after: string | null) =>
  wanted(feedback.GET("/api/feedback/v1/released-ratings", { params: { query: { ...asked, after, limit: 20 } } }));

export const isGood = (grade: number): boolean => grade >= GOOD;
