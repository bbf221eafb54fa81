import { language } from "./language";

/** A moment as an office reads it, on the city's clock wherever the screen stands. */
export function moment(at: string | number | null | undefined): string {
  if (!at) return "—";
  const locale = language.value === "zh" ? "zh-CN" : "en-GB";
  return new Date(at).toLocaleString(locale, { timeZone: "Asia/Shanghai", dateStyle: "medium", timeStyle: "short" });
}
