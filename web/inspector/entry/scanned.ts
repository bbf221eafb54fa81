/** What a scanner at the gate may meet: plates carry P and a short code, everything signed is digits. */
import { isShortCode } from "../shortCode";

export type Scanned = "plate" | "credential" | "foreign";

export function kindOf(text: string): Scanned {
  const code = text.slice(text.lastIndexOf("/") + 1);
  if (code.toUpperCase().startsWith("P") && isShortCode(code)) return "plate";
  return /^\d{100,}$/.test(code) ? "credential" : "foreign";
}

/** A whole link as scanned, or what a thumb typed: worth sending only if it can be a plate. */
export function isPlate(text: string): boolean {
  return kindOf(text) === "plate" || isShortCode(text);
}
