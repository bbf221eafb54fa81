import type { components } from "@api/feedback";

type Asking = Pick<components["schemas"]["SurveyLine"], "area_code" | "industry">;

/** As people read it: of the enterprises that were asked, those who answered. */
export const percent = (part: number, whole: number): string => (whole ? `${((part / whole) * 100).toFixed(1)}%` : "—");
export const rate = (of: { answered: number; audience: number | null }): string => percent(of.answered, of.audience ?? 0);

export const asksWhom = ({ area_code, industry }: Asking, t: (key: string, named: Record<string, unknown>) => string): string =>
  t(industry ? "surveys.asksIndustry" : "surveys.asks", { area: area_code, industry });
