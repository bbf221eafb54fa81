import type { account } from "@shared/session";

export type Role = NonNullable<typeof account.value>["roles"][number];
/** The headings of the menu, in its order. */
export const SECTIONS = ["watch", "join", "orders", "registry", "system"] as const;

/** A page of the menu. `roles` find it there; the services decide what anybody may do. `label` is a key of the words. */
export interface DeskPage {
  name: string;
  path: string;
  label: string;
  section: (typeof SECTIONS)[number];
  roles: Role[];
  page: () => Promise<unknown>;
}

/** A page that other pages lead to. */
export interface InnerPage {
  name: string;
  path: string;
  label: string;
  page: () => Promise<unknown>;
}
