/** Two at one form: what the other saved meanwhile, beside what was typed here. */
import { Problem } from "@shared/problem";
import { same } from "./same";

export interface Difference {
  field: string;
  before: unknown;
  now: unknown;
  mine: unknown;
  /** Changed here as well, and to something else. */
  clashes: boolean;
}

export const isStale = (error: unknown): boolean => error instanceof Problem && error.status === 412;

/** Fields that are no longer what they were when the form was read. */
export function differences<T extends object>(before: T, now: T, mine: T): Difference[] {
  return fieldsOf(now)
    .filter((field) => !same(before[field], now[field]))
    .map((field) => ({
      field,
      before: before[field],
      now: now[field],
      mine: mine[field],
      clashes: !same(before[field], mine[field]) && !same(now[field], mine[field]),
    }));
}

/** The newer, with what was changed here put over it. */
export function united<T extends object>(before: T, now: T, mine: T): T {
  const own = fieldsOf(mine).filter((field) => !same(before[field], mine[field]));
  return { ...now, ...Object.fromEntries(own.map((field) => [field, mine[field]])) };
}

const fieldsOf = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[];
