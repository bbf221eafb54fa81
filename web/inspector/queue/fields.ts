/** What the forms of a visit call the fields that their errands carry. */
import type { FieldWords } from "@shared/fields";

type Say = (key: string, given?: { n: number }) => string;

export function errandFields(t: Say): FieldWords {
  return {
    answers: (n) => t("record.nth", { n }),
    statement: t("record.statement"),
    signed_by: t("record.signedBy"),
    refusal: t("record.refuses"),
    "refusal/reason": t("record.reason"),
    "refusal/witness": t("record.witness"),
    premises_code: t("entry.plate"),
    searched_reason: t("worn.why"),
    offline_reason: t("entry.reason"),
    inspectors: t("order.inspectors"),
    file: t("photo.title"),
  };
}
