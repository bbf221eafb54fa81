/** Sends what waits: at the start, when the signal is back, and every half minute; one tab at a time. */
import { computed, ref } from "vue";
import { freshKey } from "@shared/key";
import { NoSignal, Problem } from "@shared/problem";
import { database, plain } from "../kept/database";
import { hasSession, mustLogIn, person } from "../person";
import type { Photo } from "../photos/photo";
import { deliver } from "./deliver";
import { afterSilence, type About, type Errand, type Work } from "./errand";

const EVERY_MS = 30_000;
const STILL_NOW_MS = 60_000;
const LOCK = "yicha.inspector.queue";
const NO_ANSWER = "现场提交时没有网络信号，恢复后由手机补录";

export const errands = ref<Errand[]>([]);
export const waiting = computed(() => errands.value.filter((errand) => !errand.refused));
const others = new BroadcastChannel(LOCK);

export function startSending(): void {
  void navigator.storage?.persist(); // a full phone clears other things first
  void send();
  window.addEventListener("online", () => void send());
  setInterval(() => void send(), EVERY_MS);
  others.onmessage = () => void refresh();
}

/** Writes it down, through to the disk and all of it or nothing: from here on a dead phone loses none of it. */
export async function keep(about: About, works: Work[], photos: Photo[] = []): Promise<number[]> {
  const change = (await database).transaction(["errands", "photos"], "readwrite", { durability: "strict" });
  const made = { owner: person.value?.account_id ?? "", ...about, made_at: Date.now(), tried: null, refused: null };
  const numbers = works.map((work) => {
    const errand = { ...plain(work), key: freshKey(), ...made };
    return change.objectStore("errands").add(errand as unknown as Errand);
  });
  const stored = photos.map((photo) => change.objectStore("photos").put(photo));
  await Promise.all([...numbers, ...stored, change.done]);
  await changed();
  return Promise.all(numbers);
}

/** Keeps it, tries at once, and tells how it stands: null when the server has taken all of it. */
export async function entrust(about: About, works: Work[], photos: Photo[] = []): Promise<Errand | null> {
  const numbers = await keep(about, works, photos);
  await send();
  const left = errands.value.filter((errand) => numbers.includes(errand.number));
  return left.find((errand) => errand.refused) ?? left.at(-1) ?? null;
}

/** Takes it back, with its picture; not while it is on its way. */
export async function dismiss(number: number): Promise<void> {
  await navigator.locks.request(LOCK, () => drop(number));
  await changed();
  void send();
}

async function drop(number: number): Promise<void> {
  const change = (await database).transaction(["errands", "photos"], "readwrite");
  const errand = await change.objectStore("errands").get(number);
  if (errand && "photo_id" in errand.body) await change.objectStore("photos").delete(errand.body.photo_id);
  await change.objectStore("errands").delete(number);
  await change.done;
}

export async function send(): Promise<void> {
  if (!navigator.onLine || !person.value || person.value.must_change) return;
  await navigator.locks.request(LOCK, sendInOrder);
  await refresh();
}

/** Within an order nothing overtakes: an entry that waits or was refused holds back what came after it. */
async function sendInOrder(): Promise<void> {
  const stopped = new Set<string>();
  for (const errand of await own()) {
    if (!errand.refused && !stopped.has(errand.order_id)) await attempt(await dated(errand));
    const left = await (await database).get("errands", errand.number);
    if (left) stopped.add(errand.order_id);
    if (mustLogIn.value || !navigator.onLine) return;
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
    if (!(await hasSession()) || !isOwn(errand)) return;
    await deliver(errand);
    await (await database).delete("errands", errand.number);
  } catch (reason) {
    await put(errand, reason);
  }
  await changed();
}

/** A server that is down or busy has refused nothing. */
async function put(errand: Errand, reason: unknown): Promise<void> {
  if (!(reason instanceof Problem) && !isSilence(reason)) throw reason;
  if (reason instanceof Problem && reason.status === 401) {
    mustLogIn.value ||= isOwn(errand);
    return;
  }
  const final = reason instanceof Problem && reason.status < 500 && reason.status !== 429 && reason.status !== 408;
  const why = reason instanceof Problem ? ("trouble" as const) : ("silence" as const);
  const left = final
    ? { ...errand, refused: plain({ status: reason.status, document: reason.document }) }
    : { ...afterSilence(errand, NO_ANSWER), tried: { at: Date.now(), why } };
  await (await database).put("errands", left);
}

/** Nothing came, or an answer that broke off, or one of somebody between us and the server. */
function isSilence(reason: unknown): boolean {
  const broken = reason instanceof DOMException && (reason.name === "TimeoutError" || reason.name === "AbortError");
  return broken || reason instanceof NoSignal || reason instanceof TypeError || reason instanceof SyntaxError;
}

async function own(): Promise<Errand[]> {
  return (await (await database).getAll("errands")).filter(isOwn);
}

/** Somebody else may have the phone by the time an answer comes, and nothing is told in their name. */
function isOwn(errand: Errand): boolean {
  return errand.owner === person.value?.account_id;
}

async function changed(): Promise<void> {
  await refresh();
  others.postMessage("changed");
}

export async function refresh(): Promise<void> {
  errands.value = person.value ? await own() : [];
}
