import type { DeskPage, InnerPage, Role } from "../pages";

const WHO: Role[] = ["registrar"];
const page = (name: string, load: () => Promise<unknown>, roles = WHO): DeskPage => ({
  name,
  path: `/registry/${name}`,
  label: `registry.pages.${name}`,
  section: "registry",
  roles,
  page: load,
});

export const registrar: DeskPage[] = [
  page("enterprises", () => import("./enterprises/EnterprisesPage.vue")),
  page("plates", () => import("./plates/PlatesPage.vue")),
  page("agencies", () => import("./agencies/AgenciesPage.vue")),
  page("inspectors", () => import("./inspectors/InspectorsPage.vue")),
  page("items", () => import("./items/ItemsPage.vue")),
  page("imports", () => import("./imports/ImportsPage.vue"), ["registrar", "agency_clerk"]),
];

const inner = (name: string, path: string, label: string, load: () => Promise<unknown>): InnerPage => ({
  name,
  path: `/registry/${path}`,
  label: `registry.pages.${label}`,
  page: load,
});

export const registered: InnerPage[] = [
  inner("import-new", "imports/new", "imports", () => import("./imports/WizardPage.vue")),
  inner("import", "imports/:importId", "imports", () => import("./imports/ImportPage.vue")),
  inner("enterprise", "enterprises/:ident", "enterprises", () => import("./enterprises/EnterprisePage.vue")),
  inner("agency", "agencies/:ident", "agencies", () => import("./agencies/AgencyPage.vue")),
  inner("inspector", "inspectors/:ident", "inspectors", () => import("./inspectors/InspectorPage.vue")),
  inner("item", "items/:ident", "items", () => import("./items/ItemPage.vue")),
];
