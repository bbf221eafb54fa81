/** Whether two values of a form say the same, lists and parts as well. */
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
