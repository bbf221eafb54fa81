import { type Ref, ref, shallowRef, watch } from "vue";
import { inspection, wanted } from "@shared/api";
import type { Finding } from "@shared/problem";
import { type Draft, isWhole } from "./wish";

const PAUSE_MS = 500;

/** What the gate says of a draft, asked again when it changes; null while it is not whole. `orderId`: of an order that is
 * being changed, which does not stand in its own way. */
export function useGate(draft: Ref<Draft | null>, orderId: string | undefined) {
  const findings = shallowRef<Finding[] | null>(null);
  const checking = ref(false);
  const error = ref<unknown>();
  let asked = 0;

  watch(
    draft,
    (now) => {
      const mine = ++asked;
      findings.value = null;
      checking.value = now !== null && isWhole(now);
      if (now && checking.value) setTimeout(() => mine === asked && void check(now, mine), PAUSE_MS);
    },
    { deep: true },
  );

  async function check(now: Draft, mine: number) {
    try {
      const params = { query: { order_id: orderId } };
      const answer = await wanted(inspection.POST("/api/inspection/v1/gate-checks", { params, body: now }));
      if (mine !== asked) return;
      findings.value = answer.findings;
      error.value = undefined;
    } catch (reason) {
      if (mine === asked) error.value = reason;
    } finally {
      if (mine === asked) checking.value = false;
    }
  }

  return { findings, checking, error };
}
