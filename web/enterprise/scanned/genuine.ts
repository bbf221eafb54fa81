/**
 * Is a code genuine? Found out here, with the published key, whatever the server says of it. The layout of a code
 * stands in services/chassis/codes/token.py: 2 digits of version and kind, then one number of 94 bytes, the last 64
 * of them the Ed25519 signature.
 */
import { fromLetters, holds, joined, publishedKeys, type PublishedKey } from "./signature";

const CONTEXT = "yicha code";
const NUMBER_BYTES = 94;
const SIGNATURE_BYTES = 64;
const KEY_AT = 1;
const FROM_AT = 18;
const UNTIL_AT = 22;
/** A phone's clock is seldom right to the second. */
const TOLERANCE_S = 60;

export type Finding = "genuine" | "early" | "late" | "forged" | "unknown_key" | "unreadable" | "no_keys" | "unable";

/** Never raises: that it could not be found out is a finding too. */
export async function checkHere(code: string): Promise<Finding> {
  const keys = await publishedKeys().catch(() => null);
  if (!keys) return "no_keys";
  return check(code, keys, Date.now() / 1000).catch((): Finding => "unable");
}

async function check(code: string, keys: PublishedKey[], now: number): Promise<Finding> {
  const number = /^1[1-9]\d{227}$/.test(code) ? bytesOf(code.slice(2)) : null;
  if (!number) return "unreadable";
  const body = number.slice(0, NUMBER_BYTES - SIGNATURE_BYTES);
  const key = keys.find(({ kid }) => Number(kid) === body[KEY_AT]);
  if (!key) return "unknown_key";
  const head = Uint8Array.of(Number(code[0]), Number(code[1]));
  const signed = joined(fromLetters(CONTEXT), head, body);
  if (!(await holds(number.slice(body.length), signed, key))) return "forged";
  const dates = new DataView(body.buffer);
  if (now < dates.getUint32(FROM_AT) - TOLERANCE_S) return "early";
  return now >= dates.getUint32(UNTIL_AT) + TOLERANCE_S ? "late" : "genuine";
}

function bytesOf(digits: string): Uint8Array | null {
  const hex = BigInt(digits).toString(16).padStart(2 * NUMBER_BYTES, "0");
  if (hex.length > 2 * NUMBER_BYTES) return null;
  return Uint8Array.from({ length: NUMBER_BYTES }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}
