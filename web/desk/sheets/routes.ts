import type { DeskPage } from "../pages";

export const sheets: DeskPage[] = [{ name: "sheet", path: "/sheet", label: "sheet.page", section: "orders", roles: ["agency_clerk"], page: () => import("./SheetPage.vue") }];
