/** What must not say who says it: sent without the login, where a ticket is the right. */
import { language } from "./language";
import { NoSignal, problemOf } from "./problem";

/** Raises Problem and NoSignal. */
export async function postWithoutLogin(path: string, body: unknown): Promise<void> {
  const headers = { "Content-Type": "application/json", "Accept-Language": language.value };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => {
    throw new NoSignal();
  });
  if (!answer.ok) throw await problemOf(answer);
}
