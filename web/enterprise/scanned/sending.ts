/** What the scanned page tells the service, and how its answer is said. */
import type { components } from "@api/inspection";
import { element } from "./page";
import { language, words } from "./words";

type Words = { title: string; detail: string; remedy: string };
type Problem = components["schemas"]["Problem"] & Partial<Record<"zh" | "en", Words>>;
export const API = "/api/inspection/v1";

/** What was answered; null when it was not, or refused: then `place` says why. The same `key` until it is answered: tapping
 * again never says it twice. */
export async function sent<T>(place: HTMLElement, button: HTMLButtonElement, url: string, body: object, key: string): Promise<T | null> {
  const said = button.textContent ?? "";
  button.disabled = true;
  button.textContent = words.sending;
  const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
  const content = await answer?.json().catch(() => null); // one that broke off says nothing
  button.disabled = false;
  button.textContent = said;
  if (answer?.ok && content) return content as T;
  say(place, ...(content ? problem(content as Problem) : [words.no_signal]));
  return null;
}

export function say(place: HTMLElement, ...lines: string[]): void {
  const old = place.querySelector("[role=alert]");
  if (old) place.removeChild(old);
  const alert = element("div", { className: "wrong" }, ...lines.map((line) => element("p", {}, line)));
  alert.setAttribute("role", "alert");
  place.insertBefore(alert, place.firstChild);
}

/** A detail that only repeats the title is not said twice. */
function problem(document: Problem): string[] {
  const { title, detail, remedy } = document[language] ?? document;
  return [title, detail === title ? "" : detail, remedy].filter(Boolean);
}
