import { ref, watch } from "vue";
import { inspection, wanted } from "@shared/api";

const AT_ONCE = 50;

/** 检查单号 by order, as they stand below the square and on the receipt. Without an answer there is none to show. */
export function useNumbers(orders: () => (string | null | undefined)[]) {
  const numbers = ref<Record<string, string>>({});

  async function ask(unknown: string[]) {
    const query = { order_id: unknown.slice(0, AT_ONCE) };
    const { items } = await wanted(inspection.GET("/api/inspection/v1/order-numbers", { params: { query } }));
    for (const { order_id, number } of items) numbers.value[order_id] = number;
    if (unknown.length > AT_ONCE) await ask(unknown.slice(AT_ONCE));
  }

  watch(
    orders,
    (now) => {
      const unknown = [...new Set(now)].filter((order): order is string => Boolean(order) && !(order! in numbers.value));
      if (unknown.length) void ask(unknown).catch(() => undefined); // the visits are shown all the same
    },
    { immediate: true },
  );
  return numbers;
}
