/**
 * The typed form of a plate's or an order's code, checked here: without signal nobody else would notice the slip of a
 * thumb before the visit is over. Eight characters and a check character of an alphabet without look-alikes.
 */
const ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXY";
const LENGTH = 9;
const AS_MEANT: Record<string, string> = { S: "5", Z: "2", "-": "", " ": "", "·": "" };

export function meant(typed: string): string {
  const code = [...typed.trim().toUpperCase()].map((character) => AS_MEANT[character] ?? character).join("");
  return code.length === LENGTH + 1 && code.startsWith("P") ? code.slice(1) : code;
}

/** As plate and screen show it. */
export function grouped(code: string): string {
  return meant(code).replace(/(.{3})(?=.)/g, "$1-");
}

export function isShortCode(typed: string): boolean {
  const values = [...meant(typed)].map((character) => ALPHABET.indexOf(character));
  if (values.length !== LENGTH || values.includes(-1)) return false;
  const sum = values.slice(0, -1).reduce((total, value, at) => total + (at + 2) * value, 0);
  return sum % ALPHABET.length === values.at(-1);
}
