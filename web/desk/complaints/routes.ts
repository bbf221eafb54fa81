import type { DeskPage, InnerPage } from "../pages";

export const complaints: DeskPage[] = [
  { name: "complaints", path: "/complaints", label: "complaints.page", section: "watch", roles: ["coordinator"], page: () => import("./ComplaintsPage.vue") },
];

export const complaint: InnerPage[] = [
  { name: "complaint", path: "/complaints/:complaintId", label: "complaints.page", page: () => import("./ComplaintPage.vue") },
];
