import type { Finding } from "@shared/problem";

export function outcomeWords(t: (key: string) => string): Record<Finding["outcome"], string> {
  return { notice: t("outcome.notice"), justify: t("outcome.justify"), block: t("outcome.block") };
}
