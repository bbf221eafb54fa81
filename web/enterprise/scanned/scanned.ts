/**
 * What a script adds to the page of a scanned code, which is whole without it: the same check on this phone,
 * and the lawful refusal with its receipt.
 */
import { applyLarge } from "@shared/largeType";
import { check, type PublishedKey } from "./genuine";
import { element, fill } from "./page";
import { offerRefusal, offerRefusalWithoutCode } from "./refuse";
import { words } from "./words";

const place = (id: string) => document.getElementById(id);
const code = location.pathname.split("/").pop() ?? "";

if (new URLSearchParams(location.search).has("large")) applyLarge(new URLSearchParams(location.search).get("large") === "1");
else applyLarge();

async function checkHere(shown: HTMLElement): Promise<void> {
  const answer = await fetch("/api/inspection/v1/code-keys").catch(() => null);
  if (!answer?.ok) return fill(shown, words.no_keys);
  const { keys } = (await answer.json()) as { keys: PublishedKey[] };
  const found = await check(code, keys);
  fill(shown, element("b", {}, found === "genuine" ? "✓ " : "✗ "), words[found]);
}

const here = place("on-this-phone");
const refusal = place("refusal");
if (here && /^\d{100,}$/.test(code)) void checkHere(here);
if (refusal?.dataset.of === "order") void offerRefusal(refusal, code);
if (refusal?.dataset.of === "premises") offerRefusalWithoutCode(refusal, code);
