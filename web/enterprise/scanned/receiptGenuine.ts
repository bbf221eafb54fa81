/**
 * Is a receipt genuine, and does the page say what was signed? Found out here, with the published keys. A receipt is a
 * compact JWS (services/chassis/codes/sheet.py); on the page, `data-said` names the part of it that an element shows.
 */
import { fromBase64, fromLetters, holds, type PublishedKey } from "./signature";

const MINUTE_MS = 60_000;
/** The city's clock, on which the page shows times. */
const CITY = ":00+08:00";

export type Finding = "genuine" | "forged" | "different" | "unknown_key" | "no_keys" | "unable";

/** The receipt, shown in `document`, or one of its supplements, in an element that names its sheet. `keys` is null where
 * they could not be fetched. Never raises: that it could not be found out is a finding too. */
export async function checkSheet(token: string, place: ParentNode, keys: PublishedKey[] | null): Promise<Finding> {
  return keys ? check(token, keys, place).catch((): Finding => "unable") : "no_keys";
}

async function check(token: string, keys: PublishedKey[], place: ParentNode): Promise<Finding> {
  const [head = "", body = "", signature = ""] = token.split(".");
  const header = opened(head) as { alg: string; typ: string; kid: string } | null;
  const said = opened(body);
  if (!header || !said || header.alg !== "Ed25519" || header.typ !== "yicha-receipt") return "forged";
  const key = keys.find(({ kid }) => kid === header.kid);
  if (!key) return "unknown_key";
  const signed = bytes(signature);
  if (signed?.length !== 64 || !(await holds(signed, fromLetters(`${head}.${body}`), key))) return "forged";
  const own = place instanceof HTMLElement ? place : null;
  const parts = Array.from(place.querySelectorAll<HTMLElement>("[data-said]")).filter((shown) => shown.closest("[data-sheet]") === own);
  return parts.every((shown) => shows(shown, said)) ? "genuine" : "different";
}

function shows(element: HTMLElement, said: unknown): boolean {
  const part = (element.dataset.said ?? "").split(".").reduce((whole, name) => (whole as Record<string, unknown> | undefined)?.[name], said);
  const text = element.textContent ?? "";
  if (element.tagName !== "TIME") return text === String(part ?? "").replace(/\r\n?/g, "\n");
  return Math.floor(Date.parse(String(part)) / MINUTE_MS) * MINUTE_MS === Date.parse(text.replace(" ", "T") + CITY);
}

function opened(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(fromBase64(part)));
  } catch {
    return null;
  }
}

function bytes(part: string): Uint8Array | null {
  try {
    return fromBase64(part);
  } catch {
    return null;
  }
}
