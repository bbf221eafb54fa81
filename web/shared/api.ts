/** The four services, typed by the documents they write of themselves. */
import createClient, { type Middleware } from "openapi-fetch";
import type { paths as Feedback } from "@api/feedback";
import type { paths as Inspection } from "@api/inspection";
import type { paths as Oversight } from "@api/oversight";
import type { paths as Registry } from "@api/registry";
import { freshKey } from "./key";
import { language } from "./language";
import { NoSignal, problemOf } from "./problem";
import { bearer, renew } from "./session";

const identified: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Accept-Language", language.value);
    const token = await bearer();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    if (request.method === "POST" && !request.headers.has("Idempotency-Key"))
      request.headers.set("Idempotency-Key", freshKey());
    return request;
  },
  async onResponse({ response }) {
    if (response.status === 401) await renew();
    if (!response.ok) throw await problemOf(response);
  },
  onError() {
    return new NoSignal();
  },
};

function client<Paths extends object>() {
  const made = createClient<Paths>();
  made.use(identified);
  return made;
}

export const registry = client<Registry>();
export const inspection = client<Inspection>();
export const feedback = client<Feedback>();
export const oversight = client<Oversight>();

/** What a call brought; a refusal has been thrown as a Problem before. */
export async function wanted<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
