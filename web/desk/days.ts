/** Days as the services write them, in the city's time wherever the desk stands. */
const CITY = "Asia/Shanghai";
const DAY_MS = 86_400_000;

export const dayOf = (at: Date): string => at.toLocaleDateString("sv-SE", { timeZone: CITY });
export const today = (): string => dayOf(new Date());
/** At noon: no clock that is put forward moves it to another day. */
const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
export const plus = (day: string, days: number): string => new Date(noon(day) + days * DAY_MS).toISOString().slice(0, 10);
export const between = (one: string, other: string): number => Math.round((noon(other) - noon(one)) / DAY_MS);
/** 0 is Monday. */
export const weekday = (day: string): number => (new Date(noon(day)).getUTCDay() + 6) % 7;
