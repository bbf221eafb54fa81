/** What is wrong with single fields of a form, said in the words of the form and not by where they stand in a request. */
import { type InjectionKey, type Ref, inject, provide, ref } from "vue";
import { Problem } from "./problem";

/** The form's word for a field, by its path in the request (`refusal/reason`); for a list, of its nth part, counted from one. */
export type FieldWords = Record<string, string | ((nth: number) => string)>;

/** Undefined where the form has no such field. */
export function wordOf(pointer: string, words: FieldWords = {}): string | undefined {
  const steps = pointer.split("/").slice(1);
  for (let length = steps.length; length > 0; length--) {
    const word = words[steps.slice(0, length).join("/")];
    if (word !== undefined) return typeof word === "string" ? word : word(Number(steps[length] ?? 0) + 1);
  }
  return undefined;
}

/** What is wrong at a field or within it; undefined where nothing is. */
export function wrongAt(error: unknown, path: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  const found = Object.entries(error.fields).find(([pointer]) => `${pointer}/`.startsWith(`/${path}/`));
  return found?.[1];
}

/** Where `FieldProblem` says it, for the field to point there. */
export const markOf = (path: string): string => `wrong-${path.replaceAll("/", "-")}`;

/** What a field that is refused carries: `<input v-bind="faulty(error, 'note')" />` beside `<FieldProblem at="note" />`. */
export function faulty(error: unknown, path: string): { "aria-invalid"?: true; "aria-describedby"?: string } {
  return wrongAt(error, path) === undefined ? {} : { "aria-invalid": true, "aria-describedby": markOf(path) };
}

const FAULTS: InjectionKey<Ref<unknown>> = Symbol("faults");

/** In a form whose parts say beside each field what was wrong with it: `FieldProblem` within it needs no `error` then.
 * What it returns is for the form's own fields, as `useFaults` is for those of its parts. */
export function provideFaults(error: Ref<unknown>) {
  provide(FAULTS, error);
  return (path: string) => faulty(error.value, path);
}

/** The error of the form that this is a part of. */
export const faults = (): Ref<unknown> => inject(FAULTS, () => ref<unknown>(), true);

export function useFaults() {
  const error = faults();
  return (path: string) => faulty(error.value, path);
}
