/** What the phone keeps, so that a basement without signal does not stop the work. No token is ever in here. */
import { openDB, type DBSchema } from "idb";
import type { components } from "@api/inspection";
import type { Account } from "@shared/session";
import type { Photo } from "../photos/photo";
import type { Errand } from "../queue/errand";

type Schemas = components["schemas"];
export interface Visit {
  order: Schemas["Order"];
  checklist: Schemas["LockedQuestion"][];
  /** null: the draft of an urgent visit, which has no code before somebody has entered. */
  code: Schemas["OrderCode"] | null;
  earlier: Schemas["Summary"][];
  /** null: the register does not know where the premises are. */
  spot: Spot | null;
  kept_at: number;
}
export interface Spot {
  latitude: number;
  longitude: number;
}
/** `ahead_ms`: by how much the server's clock was before this phone's. */
export type Credential = Schemas["CredentialCode"] & { ahead_ms: number };
export interface RecordDraft {
  order_id: string;
  answers: Schemas["RecordAnswer"][];
  statement: string;
}

interface Kept extends DBSchema {
  person: { key: string; value: Account };
  visits: { key: string; value: Visit };
  credential: { key: string; value: Credential };
  drafts: { key: string; value: RecordDraft };
  entries: { key: string; value: Schemas["Entry"] };
  errands: { key: number; value: Errand };
  photos: { key: string; value: Photo; indexes: { order: string } };
}

export const database = openDB<Kept>("yicha-inspector", 2, {
  upgrade(made, from) {
    if (from < 1) {
      made.createObjectStore("person");
      made.createObjectStore("visits");
      made.createObjectStore("credential");
      made.createObjectStore("drafts");
      made.createObjectStore("entries");
      made.createObjectStore("errands", { keyPath: "number", autoIncrement: true });
    }
    if (from < 2) made.createObjectStore("photos", { keyPath: "photo_id" }).createIndex("order", "order_id");
  },
  /** A newer version in another tab waits for this one to let go. */
  blocking(_current, _wanted, event) {
    (event.target as IDBDatabase).close();
    location.reload();
  },
});

/** At logout. What was not sent yet stays: it goes out when its owner logs in again. */
export async function wipe(): Promise<void> {
  const kept = await database;
  const stores = ["person", "visits", "credential", "drafts", "entries"] as const;
  const change = kept.transaction([...stores, "photos"], "readwrite");
  const sent = (await change.objectStore("photos").getAll()).filter((photo) => photo.evidence_id);
  await Promise.all([
    ...stores.map((name) => change.objectStore(name).clear()),
    ...sent.map((photo) => change.objectStore("photos").delete(photo.photo_id)),
    change.done,
  ]);
}

/** IndexedDB takes no reactive proxies. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
