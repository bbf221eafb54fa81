/** A survey as it is written: what the form holds, and where it may begin. */
import type { components } from "@api/feedback";
import { account } from "@shared/session";
import { between, plus, today } from "../days";

type S = components["schemas"];
export type Draft = S["SurveyDraft"];
export type Question = S["Question"];
export type Content = Pick<Draft, "title" | "purpose" | "questions">;
const DAYS = 14;

const nothing = () => ({ zh: "", en: "" });
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const blank = (): Draft => ({
  title: nothing(),
  purpose: nothing(),
  area_code: account.value?.area_code ?? "",
  industry: null,
  opens_on: today(),
  closes_on: plus(today(), DAYS - 1),
  questions: [aQuestion([])],
});

export function draftOf(survey: S["Survey"]): Draft {
  const { area_code, industry, opens_on, closes_on } = survey;
  return { ...contentOf(survey), area_code, industry, opens_on, closes_on };
}

export const contentOf = ({ title, purpose, questions }: Content): Content => copy({ title, purpose, questions });

/** What a template asks, for as long as it says, from the day the draft begins. */
export const begun = (draft: Draft, template: S["Template"]): Draft => ({
  ...draft,
  ...contentOf(template),
  closes_on: plus(draft.opens_on, template.days - 1),
});

/** The same again, from today on and for as many days. */
export const again = (survey: S["Survey"]): Draft => ({
  ...draftOf(survey),
  opens_on: today(),
  closes_on: plus(today(), between(survey.opens_on, survey.closes_on)),
});

export const isWritten = (draft: Draft): boolean => Boolean(draft.title.zh || draft.purpose.zh || draft.questions.some((question) => question.words.zh));

export function aQuestion(others: Question[]): Question {
  const taken = others.map((question) => Number(question.question_id.slice(1)));
  return { question_id: `q${Math.max(0, ...taken) + 1}`, kind: "single", required: true, words: nothing(), options: [anOption([]), anOption([anOption([])])] };
}

export function anOption(others: Question["options"]): Question["options"][number] {
  const taken = others.map((option) => Number(/^o(\d+)$/.exec(option.code)?.[1] ?? 0));
  return { code: `o${Math.max(0, ...taken) + 1}`, words: nothing() };
}

export const isChoice = (question: Question): boolean => question.kind === "single" || question.kind === "several";

/** As it is sent: only a choice has options. */
export const sent = (draft: Draft): Draft => ({
  ...draft,
  industry: draft.industry || null,
  questions: draft.questions.map((question) => ({ ...question, options: isChoice(question) ? question.options : [] })),
});
