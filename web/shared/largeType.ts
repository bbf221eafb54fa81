/** 长辈版: everything one size larger. A preference, kept on this phone. */
const KEPT = "yicha.large-type";

export function isLarge(): boolean {
  return localStorage.getItem(KEPT) === "1";
}

export function applyLarge(large: boolean = isLarge()): void {
  localStorage.setItem(KEPT, large ? "1" : "0");
  document.documentElement.classList.toggle("large", large);
}
