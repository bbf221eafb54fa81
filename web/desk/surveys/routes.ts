import type { DeskPage, InnerPage } from "../pages";

export const surveys: DeskPage[] = [
  { name: "surveys", path: "/surveys", label: "surveys.page", section: "watch", roles: ["coordinator"], page: () => import("./SurveysPage.vue") },
];

export const survey: InnerPage[] = [
  { name: "survey", path: "/surveys/:surveyId", label: "surveys.page", page: () => import("./SurveyPage.vue") },
];
