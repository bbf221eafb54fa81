import { account } from "@shared/session";
import type { Role } from "./pages";

export const is = (...roles: Role[]): boolean => roles.some((role) => account.value?.roles.includes(role));
export const mine = (): string | null => account.value?.agency_id ?? null;
