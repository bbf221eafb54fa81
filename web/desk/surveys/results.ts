import type { components } from "@api/feedback";
import { said } from "@shared/survey/answer";
import { grades } from "@shared/survey/grades";
import { percent } from "./figures";

type Result = components["schemas"]["QuestionResult"];
type Question = components["schemas"]["Question"];
type Language = "zh" | "en";

/** Each that could be chosen, with how often it was and by which part of those who answered. */
export function asTable(question: Question, result: Result, language: Language): [string, number, string][] {
  const names: Record<string, string> = Object.fromEntries([
    ...grades.value.map((grade) => [grade.code, grade[language]]),
    ...question.options.map((option) => [option.code, said(option.words, language)]),
  ]);
  const codes = question.kind === "grade" ? grades.value.map((grade) => grade.code) : question.options.map((option) => option.code);
  return codes.map((code) => [names[code] ?? code, result.counts[code] ?? 0, percent(result.counts[code] ?? 0, result.answered ?? 0)]);
}

/** For the file: one row an option or a text, under the question it answers. Too few answers leave one empty row. */
export function asRows(question: Question, at: number, result: Result | undefined, language: Language): (string | number | null)[][] {
  const asked = `${at + 1}. ${said(question.words, language)}`;
  if (!result || result.answered === null) return [[asked, null, null, null]];
  if (question.kind === "text") return result.texts.map((text) => [asked, text, null, null]);
  return asTable(question, result, language).map((row) => [asked, ...row]);
}
