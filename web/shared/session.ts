/**
 * Who is logged in. The token lives in memory alone; a reload gets a new one by the HttpOnly cookie,
 * which no script can read.
 */
import { readonly, ref } from "vue";
import type { components } from "@api/registry";
import { problemOf } from "./problem";

export type Account = components["schemas"]["Account"];
type Session = components["schemas"]["Session"];

const SESSIONS = "/api/registry/v1/sessions";
const RENEW_BEFORE_MS = 120_000;
/** No secret: it only says that somebody logged in here, so that nobody else's start asks in vain. */
const WAS_HERE = "yicha.was-here";

const current = ref<Account | null>(null);
let token = "";
let expires = 0;
let renewing: Promise<boolean> | null = null;
/** Logins and logouts so far: what was asked before the last of them says nothing of now. */
let turns = 0;

export const account = readonly(current);

export async function logIn(username: string, password: string): Promise<Response> {
  const answer = await fetch(SESSIONS, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (answer.ok) take((await answer.clone().json()) as Session);
  return answer;
}

/** A right without an account, by a one-time code: it lives as long as the page, and no cookie brings it back. */
export function hold(right: Pick<Session, "access_token" | "expires_in">): void {
  token = right.access_token;
  expires = Date.now() + right.expires_in * 1000;
}

export async function logOut(): Promise<void> {
  localStorage.removeItem(WAS_HERE);
  await fetch(`${SESSIONS}/cookie`, { method: "DELETE", keepalive: true }).catch(() => undefined); // outlives the page
  forget();
}

/** At the start of a page: who was logged in here still is. */
export async function resume(): Promise<void> {
  if (localStorage.getItem(WAS_HERE)) await renew().catch(() => false);
}

/** A token that is good for the next minutes, or "" when nobody is logged in. */
export async function bearer(): Promise<string> {
  if (current.value && Date.now() > expires - RENEW_BEFORE_MS) await renew();
  return token;
}

/** Asks for a new token by the cookie; several at once ask once. False: log in again. Raises Problem when the
 * server could not say. */
export function renew(): Promise<boolean> {
  renewing ??= askAgain().finally(() => (renewing = null));
  return renewing;
}

async function askAgain(): Promise<boolean> {
  const asked = turns;
  const answer = await fetch(`${SESSIONS}/cookie`, { method: "POST" });
  const session = answer.ok ? ((await answer.json()) as Session) : null;
  if (asked !== turns) return current.value !== null;
  if (session) take(session);
  else if (answer.status === 401) forget();
  else throw await problemOf(answer);
  return answer.ok;
}

function take(session: Session): void {
  turns++;
  hold(session);
  current.value = session.account;
  localStorage.setItem(WAS_HERE, "1");
}

function forget(): void {
  turns++;
  token = "";
  expires = 0;
  current.value = null;
  localStorage.removeItem(WAS_HERE);
}
