/** What a scanner at the gate may meet: plates carry P and a short code, everything signed is digits. */
import { isShortCode } from "@shared/shortCode";

export type Scanned = "plate" | "credential" | "foreign";

export function codeIn(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}

export function kindOf(text: string): Scanned {
  const code = codeIn(text);
  if (code.toUpperCase().startsWith("P") && isShortCode(code)) return "plate";
  return /^\d{100,}$/.test(code) ? "credential" : "foreign";
}
