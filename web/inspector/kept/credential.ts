/** 亮证码, signed ahead by the server, so that it can be shown where there is no signal. */
import { inspection, wanted } from "@shared/api";
import { hasSession, person } from "../person";
import { database, type Credential } from "./database";

const AHEAD_MINUTES = 240;

export async function keptCredential(): Promise<Credential | undefined> {
  return (await database).get("credential", "own");
}

export async function renewCredential(): Promise<void> {
  if (!(await hasSession())) return;
  const owner = person.value?.account_id;
  const query = { minutes: AHEAD_MINUTES };
  const own = await wanted(inspection.GET("/api/inspection/v1/credential-code", { params: { query } }));
  const ahead_ms = Date.parse(own.server_time) - Date.now();
  const kept = await database;
  if (person.value?.account_id === owner) await kept.put("credential", { ...own, ahead_ms }, "own");
}

export function slotAt(credential: Credential, now: number) {
  const there = now + credential.ahead_ms;
  return credential.slots.find((slot) => Date.parse(slot.from) <= there && there < Date.parse(slot.until));
}
