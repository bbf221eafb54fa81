/** An Ed25519 signature, looked at on this phone: by its own cryptography where it has it, else by a small library. */
export interface PublishedKey {
  kid: string;
  x: string;
}

/** The keys that are in use. Raises where they cannot be fetched. */
export async function publishedKeys(): Promise<PublishedKey[]> {
  const answer = await fetch("/api/inspection/v1/code-keys");
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { keys: PublishedKey[] }).keys;
}

/** Raises on a phone that can do neither. */
export async function holds(signature: Uint8Array, signed: Uint8Array, key: PublishedKey): Promise<boolean> {
  const point = fromBase64(key.x);
  try {
    const own = await crypto.subtle.importKey("raw", point as BufferSource, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", own, signature as BufferSource, signed as BufferSource);
  } catch {
    const { verifyAsync } = await import("@noble/ed25519");
    return verifyAsync(signature, signed, point);
  }
}

export function fromBase64(text: string): Uint8Array {
  return fromLetters(atob(text.replace(/-/g, "+").replace(/_/g, "/")));
}

export function fromLetters(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
