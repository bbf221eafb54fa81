/** Files that go up, with how far they are, and files that come down. */
import { freshKey } from "./key";
import { language } from "./language";
import { NoSignal, problemOf } from "./problem";
import { bearer } from "./session";

/** A form with a file. `told` hears how much of it went out, 0 to 1. Raises Problem and NoSignal. */
export async function upload<T>(method: "POST" | "PUT", path: string, form: FormData, told?: (share: number) => void): Promise<T> {
  const request = new XMLHttpRequest();
  request.open(method, path);
  request.setRequestHeader("Authorization", `Bearer ${await bearer()}`);
  request.setRequestHeader("Accept-Language", language.value);
  if (method === "POST") request.setRequestHeader("Idempotency-Key", freshKey());
  request.upload.onprogress = ({ loaded, total }) => told?.(total ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(new NoSignal());
    request.onload = async () => {
      const answer = new Response(request.responseText, { status: request.status });
      if (answer.ok) resolve((await answer.json()) as T);
      else reject(await problemOf(answer));
    };
    request.send(form);
  });
}

/** A guarded file, kept under `name`, or under the name it comes with. Raises Problem and NoSignal. */
export async function download(path: string, asked: { name?: string; method?: string; body?: unknown } = {}): Promise<void> {
  const headers: Record<string, string> = { Authorization: `Bearer ${await bearer()}`, "Accept-Language": language.value };
  if (asked.body !== undefined) headers["Content-Type"] = "application/json";
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  const answer = await fetch(path, { method: asked.method ?? "GET", headers, body }).catch(() => {
    throw new NoSignal();
  });
  if (!answer.ok) throw await problemOf(answer);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = asked.name ?? nameOf(answer);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** RFC 6266: one in all letters stands before the one in plain letters. */
function nameOf(answer: Response): string {
  const said = answer.headers.get("Content-Disposition") ?? "";
  const all = /filename\*=UTF-8''([^;]+)/.exec(said)?.[1];
  return all ? decodeURIComponent(all) : (/filename="?([^";]+)/.exec(said)?.[1] ?? "");
}
