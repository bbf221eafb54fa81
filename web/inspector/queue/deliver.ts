/** One errand to the server. Returns when the server has taken it; raises Problem or NoSignal otherwise. */
import type { components } from "@api/inspection";
import { inspection, wanted } from "@shared/api";
import { Problem } from "@shared/problem";
import { database } from "../kept/database";
import { person } from "../person";
import type { Photo } from "../photos/photo";
import type { Errand } from "./errand";

type Entry = components["schemas"]["Entry"];
type Header = { "Idempotency-Key": string };
const ORDERS = "/api/inspection/v1/orders";
/** One bar of signal answers late or never; whoever stands at the gate must not wait for it longer. */
const PATIENCE_MS = 30_000;

export async function deliver(errand: Errand): Promise<void> {
  const header = { "Idempotency-Key": errand.key };
  if (errand.kind === "entry") await enter(errand, header);
  else if (errand.kind === "leave") await leave(errand, header);
  else if (errand.kind === "record") await record(errand, header);
  else await show(errand, header);
}

async function enter(errand: Errand & { kind: "entry" }, header: Header) {
  const call = inspection.POST("/api/inspection/v1/entries", { params: { header }, body: errand.body, signal: patience() });
  await known(errand, await wanted(call));
}

async function leave(errand: Errand & { kind: "leave" }, header: Header) {
  const entry = await (await database).get("entries", errand.order_id);
  if (!entry) throw notHere(UNKNOWN_ENTRY);
  const params = { header, path: { entry_id: entry.entry_id } };
  const call = inspection.POST("/api/inspection/v1/entries/{entry_id}/leave", { params, body: errand.body, signal: patience() });
  await known(errand, await wanted(call));
}

async function record(errand: Errand & { kind: "record" }, header: Header) {
  const params = { header, path: { order_id: errand.order_id } };
  await inspection.PUT(`${ORDERS}/{order_id}/record`, { params, body: errand.body, signal: patience() });
}

async function show(errand: Errand & { kind: Photo["kind"] }, header: Header) {
  const kept = await database;
  const photo = await kept.get("photos", errand.body.photo_id);
  if (!photo) throw notHere(LOST_PICTURE);
  const params = { header, path: { order_id: errand.order_id } };
  const body = form(photo) as never; // the document speaks of its fields; a form carries them
  const call = inspection.POST(`${ORDERS}/{order_id}/evidence`, { params, body, bodySerializer: (it) => it, signal: patience() });
  const { evidence_id } = await wanted(call);
  await kept.put("photos", { ...photo, evidence_id });
}

function form(photo: Photo): FormData {
  const made = new FormData();
  made.set("kind", photo.kind);
  made.set("taken_at", photo.taken_at);
  if (photo.item_id && photo.question_id) {
    made.set("item_id", photo.item_id);
    made.set("question_id", photo.question_id);
  }
  made.set("sha256", photo.sha256);
  made.set("file", photo.picture, photo.kind === "photo" ? "photo.jpg" : "signature.png");
  return made;
}

/** Not to whoever has the phone by now: the answer may come after its person has left it. */
async function known({ order_id, owner }: Errand, entry: Entry): Promise<void> {
  const kept = await database;
  if (person.value?.account_id === owner) await kept.put("entries", entry, order_id);
}

const patience = () => AbortSignal.timeout(PATIENCE_MS);

/** The entry before it was refused and dismissed: there is nothing to leave. */
const UNKNOWN_ENTRY = {
  zh: { title: "没有入企记录", detail: "这台手机上没有这张检查单的入企记录。", remedy: "请先扫码入企，再登记离开。" },
  en: { title: "No entry", detail: "This phone knows no entry under this order.", remedy: "Enter first, then leave." },
};
const LOST_PICTURE = {
  zh: { title: "照片不在了", detail: "这台手机上找不到这张照片，可能被系统清理了。", remedy: "如仍在现场，请重新拍摄。" },
  en: { title: "Picture gone", detail: "This phone no longer has the picture; the system may have cleared it.", remedy: "Take it again if you are still there." },
};

function notHere(words: typeof UNKNOWN_ENTRY): Problem {
  const document = { type: "about:blank", status: 404, code: "not_found", ...words.zh, ...words, instance: "", correlation_id: "" };
  return new Problem(404, document as Problem["document"]);
}
