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
  const answer = await fetch(`${SESSIONS}/cookie`, { method: "POST" });
  if (answer.ok) take((await answer.json()) as Session);
  else if (answer.status === 401) forget();
  else throw await problemOf(answer);
  return answer.ok;
}

function take(session: Session): void {
  hold(session);
  current.value = session.account;
  localStorage.setItem(WAS_HERE, "1");
}

function forget(): void {
  token = "";
  expires = 0;
  current.value = null;
  localStorage.removeItem(WAS_HERE);
}
