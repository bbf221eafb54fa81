/** What the phone keeps, so that a basement without signal does not stop the work. No token is ever in here. */
import { openDB, type DBSchema } from "idb";
import type { components } from "@api/inspection";
import type { Account } from "@shared/session";
import type { Errand } from "../queue/errand";

type Schemas = components["schemas"];
export interface Visit {
  order: Schemas["Order"];
  checklist: Schemas["LockedQuestion"][];
  code: Schemas["OrderCode"];
  kept_at: number;
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
}

export const database = openDB<Kept>("yicha-inspector", 1, {
  upgrade(made) {
    made.createObjectStore("person");
    made.createObjectStore("visits");
    made.createObjectStore("credential");
    made.createObjectStore("drafts");
    made.createObjectStore("entries");
    made.createObjectStore("errands", { keyPath: "number", autoIncrement: true });
  },
});

/** At logout. What was not sent yet stays: it goes out when its owner logs in again. */
export async function wipe(): Promise<void> {
  const kept = await database;
  const stores = ["person", "visits", "credential", "drafts", "entries"] as const;
  const change = kept.transaction(stores, "readwrite");
  await Promise.all([...stores.map((name) => change.objectStore(name).clear()), change.done]);
}

/** IndexedDB takes no reactive proxies. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
