/**
 * Is a code genuine? Found out here, with the published key, whatever the server says of it. The layout of a code
 * stands in services/chassis/codes/token.py: 2 digits of version and kind, then one number of 94 bytes, the last 64
 * of them the Ed25519 signature.
 */
const CONTEXT = "yicha code";
const NUMBER_BYTES = 94;
const SIGNATURE_BYTES = 64;
const KEY_AT = 1;

export type Finding = "genuine" | "forged" | "unknown_key" | "unreadable";
export interface PublishedKey {
  kid: string;
  x: string;
}

export async function check(code: string, keys: PublishedKey[]): Promise<Finding> {
  const number = bytesOf(code.slice(2));
  if (!/^1[1-9]\d+$/.test(code) || !number) return "unreadable";
  const body = number.slice(0, NUMBER_BYTES - SIGNATURE_BYTES);
  const key = keys.find(({ kid }) => Number(kid) === body[KEY_AT]);
  if (!key) return "unknown_key";
  const head = Uint8Array.from([...CONTEXT].map((letter) => letter.charCodeAt(0)).concat([Number(code[0]), Number(code[1])]));
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);
  const good = await holds(number.slice(body.length), signed, fromBase64(key.x));
  return good ? "genuine" : "forged";
}

/** By the phone's own cryptography where it has Ed25519, else by a small library. */
async function holds(signature: Uint8Array, signed: Uint8Array, key: Uint8Array): Promise<boolean> {
  try {
    const own = await crypto.subtle.importKey("raw", key as BufferSource, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", own, signature as BufferSource, signed as BufferSource);
  } catch {
    const { verifyAsync } = await import("@noble/ed25519");
    return verifyAsync(signature, signed, key);
  }
}

function bytesOf(digits: string): Uint8Array | null {
  if (!/^\d{227}$/.test(digits)) return null;
  const hex = BigInt(digits).toString(16).padStart(2 * NUMBER_BYTES, "0");
  if (hex.length > 2 * NUMBER_BYTES) return null;
  return Uint8Array.from({ length: NUMBER_BYTES }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

function fromBase64(text: string): Uint8Array {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
