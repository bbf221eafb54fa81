/** Sends what waits: at the start, when the signal is back, and every half minute; one tab at a time. */
import { computed, ref } from "vue";
import type { components } from "@api/inspection";
import { inspection, wanted } from "@shared/api";
import { NoSignal, Problem } from "@shared/problem";
import { database, plain } from "../kept/database";
import { hasSession, mustLogIn, person } from "../person";
import { afterSilence, type Errand, type Work } from "./errand";

type Entry = components["schemas"]["Entry"];
const EVERY_MS = 30_000;
const STILL_NOW_MS = 60_000;
const LOCK = "yicha.inspector.queue";
const NO_ANSWER = "现场提交时没有网络信号，恢复后由手机补录";
const ORDERS = "/api/inspection/v1/orders";

export const errands = ref<Errand[]>([]);
export const waiting = computed(() => errands.value.filter((errand) => !errand.refused));
const others = new BroadcastChannel(LOCK);

export function startSending(): void {
  void refresh().then(send);
  window.addEventListener("online", () => void send());
  setInterval(() => void send(), EVERY_MS);
  others.onmessage = () => void refresh();
}

/** Keeps it, tries at once, and tells how it stands: null when the server has taken it. */
export async function entrust(work: Work, orderId: string, enterprise: string): Promise<Errand | null> {
  const owner = person.value?.account_id ?? "";
  const errand = { ...plain(work), key: crypto.randomUUID(), owner, order_id: orderId, enterprise, made_at: Date.now(), refused: null };
  const number = await (await database).add("errands", errand as unknown as Errand);
  await changed();
  await send();
  return (await (await database).get("errands", number)) ?? null;
}

export async function dismiss(number: number): Promise<void> {
  await (await database).delete("errands", number);
  await changed();
  await send();
}

export async function send(): Promise<void> {
  if (!navigator.onLine || !person.value) return;
  await navigator.locks.request(LOCK, sendInOrder);
}

async function sendInOrder(): Promise<void> {
  const stopped = new Set<string>();
  for (const errand of await own()) {
    if (!errand.refused && !stopped.has(errand.order_id)) await attempt(await dated(errand));
    const left = await (await database).get("errands", errand.number);
    if (left) stopped.add(errand.order_id);
    if (mustLogIn.value) return;
  }
}

/** A phone that died before its first try must not tell an hour later that somebody arrives just now. */
async function dated(errand: Errand): Promise<Errand> {
  if (Date.now() - errand.made_at < STILL_NOW_MS) return errand;
  const late = afterSilence(errand, NO_ANSWER);
  if (late !== errand) await (await database).put("errands", late);
  return late;
}

async function attempt(errand: Errand): Promise<void> {
  try {
    if (!(await hasSession())) return;
    await deliver(errand);
    await (await database).delete("errands", errand.number);
  } catch (reason) {
    await keep(errand, reason);
  }
  await changed();
}

/** A server that is down or busy has refused nothing. */
async function keep(errand: Errand, reason: unknown): Promise<void> {
  if (!(reason instanceof Problem) && !(reason instanceof NoSignal) && !(reason instanceof TypeError)) throw reason;
  if (reason instanceof Problem && reason.status === 401) {
    mustLogIn.value = true;
    return;
  }
  const final = reason instanceof Problem && reason.status < 500 && reason.status !== 429 && reason.status !== 408;
  const left = final
    ? { ...errand, refused: plain({ status: reason.status, document: reason.document }) }
    : afterSilence(errand, NO_ANSWER);
  await (await database).put("errands", left);
}

async function deliver(errand: Errand): Promise<void> {
  const header = { "Idempotency-Key": errand.key };
  const params = { header, path: { order_id: errand.order_id } };
  if (errand.kind === "record") await inspection.PUT(`${ORDERS}/{order_id}/record`, { params, body: errand.body });
  else if (errand.kind === "entry")
    await known(errand, await wanted(inspection.POST("/api/inspection/v1/entries", { params: { header }, body: errand.body })));
  else await known(errand, await left(errand, header));
}

async function left(errand: Errand & { kind: "leave" }, header: { "Idempotency-Key": string }) {
  const entry = await (await database).get("entries", errand.order_id);
  if (!entry) throw new Problem(404, unknownEntry());
  const params = { header, path: { entry_id: entry.entry_id } };
  return wanted(inspection.POST("/api/inspection/v1/entries/{entry_id}/leave", { params, body: errand.body }));
}

async function known(errand: Errand, entry: Entry): Promise<void> {
  await (await database).put("entries", entry, errand.order_id);
}

/** The entry before it was refused and dismissed: there is nothing to leave. */
function unknownEntry() {
  const zh = { title: "没有入企记录", detail: "这台手机上没有这张检查单的入企记录。", remedy: "请先扫码入企，再登记离开。" };
  const en = { title: "No entry", detail: "This phone knows no entry under this order.", remedy: "Enter first, then leave." };
  return { type: "about:blank", status: 404, code: "not_found", ...zh, zh, en, instance: "", correlation_id: "" } as Problem["document"];
}

async function own(): Promise<Errand[]> {
  return (await (await database).getAll("errands")).filter((errand) => errand.owner === person.value?.account_id);
}

async function changed(): Promise<void> {
  await refresh();
  others.postMessage("changed");
}

export async function refresh(): Promise<void> {
  errands.value = person.value ? await own() : [];
}
