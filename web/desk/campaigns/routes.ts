import type { DeskPage, InnerPage } from "../pages";

export const campaigns: DeskPage[] = [
  { name: "campaigns", path: "/campaigns", label: "campaigns.page", section: "orders", roles: ["agency_clerk", "approver", "coordinator", "auditor"], page: () => import("./CampaignsPage.vue") },
];

const form = () => import("./FilingPage.vue");
export const campaign: InnerPage[] = [
  { name: "file-campaign", path: "/campaigns/new", label: "campaigns.file", page: form },
  { name: "change-campaign", path: "/campaigns/:campaignId/change", label: "campaigns.page", page: form },
  { name: "campaign", path: "/campaigns/:campaignId", label: "campaigns.page", page: () => import("./CampaignPage.vue") },
];
