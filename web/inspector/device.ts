/** This phone, by a number of its own making; a supervisor sees when one phone enters for many (flag shared_device). */
const KEPT = "yicha.device";

export function deviceId(): string {
  const known = localStorage.getItem(KEPT) ?? crypto.randomUUID();
  localStorage.setItem(KEPT, known);
  return known;
}
