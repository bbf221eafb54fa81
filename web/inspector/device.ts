/** This phone, by a number of its own making; a supervisor sees when one phone enters for many (flag shared_device). */
import { freshKey } from "@shared/key";
const KEPT = "yicha.device";

export function deviceId(): string {
  const known = localStorage.getItem(KEPT) ?? freshKey();
  localStorage.setItem(KEPT, known);
  return known;
}
