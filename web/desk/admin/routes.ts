import type { DeskPage, InnerPage, Role } from "../pages";

const page = (name: string, roles: Role[], load: () => Promise<unknown>): DeskPage => ({
  name,
  path: `/system/${name}`,
  label: `system.pages.${name}`,
  section: "system",
  roles,
  page: load,
});

/** The three administrators are separated: the system's, security's, and who audits both. */
export const admin: DeskPage[] = [
  page("accounts", ["security_admin"], () => import("./accounts/AccountsPage.vue")),
  page("keys", ["security_admin"], () => import("./keys/KeysPage.vue")),
  page("road", ["system_admin"], () => import("./road/RoadPage.vue")),
  page("dead-letters", ["system_admin"], () => import("./road/LettersPage.vue")),
  page("profiles", ["system_admin", "coordinator"], () => import("./profiles/ProfilesPage.vue")),
  page("audit", ["auditor"], () => import("./audit/AuditPage.vue")),
];

const inner = (name: string, path: string, label: string, load: () => Promise<unknown>): InnerPage => ({
  name,
  path: `/system/${path}`,
  label: `system.pages.${label}`,
  page: load,
});

export const administered: InnerPage[] = [
  inner("account", "accounts/:ident", "accounts", () => import("./accounts/AccountPage.vue")),
  inner("dead-letter", "dead-letters/:service/:letterId", "dead-letters", () => import("./road/LetterPage.vue")),
  inner("simulation", "simulations/:simulationId", "profiles", () => import("./profiles/SimulationPage.vue")),
  inner("password", "password", "password", () => import("./accounts/PasswordPage.vue")),
];
