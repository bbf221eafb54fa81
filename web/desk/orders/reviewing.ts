import { useI18n } from "vue-i18n";
import { ask } from "../asking/ask";
import { type Read, reviewed } from "./stepping";

/** 备案审查 of the version that was read, once the coordinator has said why; null: rather not. */
export function useReview() {
  const { t } = useI18n();
  return async (order: Read, passed: boolean, what?: string) => {
    const name = passed ? "pass" : "refuse";
    const said = await ask({ title: t(`order.${name}`), what, reason: t(`order.${name}Reason`), yes: t(`order.${name}`), grave: !passed });
    return said && (() => reviewed(order, passed, said.reason));
  };
}
