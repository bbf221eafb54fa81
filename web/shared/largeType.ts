/** 长辈版: everything one size larger. */
import { keep, kept } from "./kept";

export function isLarge(): boolean {
  return kept("large") === "1";
}

export function applyLarge(large: boolean = isLarge()): void {
  keep("large", large ? "1" : "0");
  document.documentElement.classList.toggle("large", large);
}
