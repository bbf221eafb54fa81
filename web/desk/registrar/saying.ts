import { useI18n } from "vue-i18n";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CHOICES = ["registry.domains", "registry.levels", "registry.inspectors.kinds", "system.roles", "triggers", "draft.ways"];

/** Fields and values of records in words. What has no short form is only counted. */
export function useSaying() {
  const { t, te } = useI18n();

  const named = (field: string): string => (te(`registry.fields.${field}`) ? t(`registry.fields.${field}`) : field);

  function said(value: unknown): string {
    if (value === null || value === undefined || value === "") return "—";
    if (typeof value === "boolean") return t(value ? "stale.yes" : "stale.no");
    if (Array.isArray(value)) return value.some((one) => typeof one === "object") ? t("stale.rows", { n: value.length }) : value.map(said).join("、") || "—";
    const text = String(value);
    if (ID.test(text)) return t("stale.other");
    const choice = CHOICES.find((each) => te(`${each}.${text}`));
    return choice ? t(`${choice}.${text}`) : text;
  }

  return { named, said };
}
