import type { Role } from "../../pages";

/** Those an account may be given; an enterprise's own is not. */
export const ROLES: Exclude<Role, "enterprise">[] = [
  "registrar", "agency_clerk", "approver", "inspector", "coordinator", "system_admin", "security_admin", "auditor",
];
export const OF_AN_AGENCY = new Set<Role>(["agency_clerk", "approver", "inspector"]);

const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

/** As the service makes one when it resets: sixteen characters that nobody mistakes when they are read out. */
export function oneTimePassword(): string {
  let body = "";
  while (body.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32)))
      if (byte < LETTERS.length * 8 && body.length < 16) body += LETTERS[byte % LETTERS.length];
  }
  return body.replace(/(.{4})(?=.)/g, "$1-");
}
