import type { DeskPage, InnerPage } from "../pages";

const page = () => import("./DraftPage.vue");
export const drafting: DeskPage[] = [{ name: "draft", path: "/draft", label: "draft.page", section: "orders", roles: ["agency_clerk"], page }];
export const revising: InnerPage[] = [{ name: "revise", path: "/orders/:orderId/revise", label: "draft.revise", page }];
