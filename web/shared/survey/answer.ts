import type { components } from "@api/feedback";

export type Question = components["schemas"]["Question"];
export type Words = components["schemas"]["Words"];
export type Answer = components["schemas"]["SurveyAnswer"];

/** In the language of the screen, or the Chinese where a coordinator wrote no other. */
export const said = (words: Words, language: "zh" | "en"): string => words[language] || words.zh;
export const isAnswered = (answer: Answer | undefined): boolean => Boolean(answer?.grade || answer?.choices?.length || answer?.text?.trim());
