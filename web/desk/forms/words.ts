import type { FieldWords } from "@shared/fields";

/** What a form calls its fields, from the words it has for them all: `wordsOf(t, "draft.fields", zh.draft.fields)`. */
export const wordsOf = (t: (key: string) => string, at: string, fields: object): FieldWords =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, t(`${at}.${field}`)]));
