/** Whose phone this is. Known without signal as well; the session itself is renewed as soon as there is one. */
import { ref, watch } from "vue";
import { NoSignal } from "@shared/problem";
import { account, logOut, renew, resume, type Account } from "@shared/session";
import { database, plain, wipe } from "./kept/database";

export const person = ref<Account | null>(null);
export const mustLogIn = ref(false);

export async function begin(): Promise<void> {
  person.value = (await (await database).get("person", "me")) ?? null;
  if (navigator.onLine) await resume();
  if (account.value) await become(account.value as Account);
  else if (person.value && navigator.onLine) mustLogIn.value = !(await reachable());
}

watch(account, (now) => {
  if (now) void become(now as Account);
});

/** Raises NoSignal without network. False: the person has to log in again. */
export async function hasSession(): Promise<boolean> {
  if (!navigator.onLine) throw new NoSignal();
  if (!account.value) mustLogIn.value = !(await renew());
  return !mustLogIn.value;
}

export async function leavePhone(): Promise<void> {
  await logOut();
  person.value = null; // before the wipe: what is still asked for is kept for nobody
  await wipe();
  mustLogIn.value = false;
}

/** Another person's orders and codes are not for this one to read. */
async function become(now: Account): Promise<void> {
  const other = person.value && person.value.account_id !== now.account_id;
  person.value = now;
  if (other) await wipe();
  mustLogIn.value = false;
  await (await database).put("person", plain(now), "me");
}

/** False only where the server said no; silence says nothing about the session. */
async function reachable(): Promise<boolean> {
  return renew().catch(() => true);
}
