import { inspection, wanted } from "@shared/api";
import type { components } from "@api/inspection";

export type Order = components["schemas"]["Order"];
const AT_ONCE = 20;

/** Orders as their head reads them, with all that a decision needs. */
export async function submitted(after: string | null) {
  const query = { state: "submitted" as const, after, limit: AT_ONCE };
  const page = await wanted(inspection.GET("/api/inspection/v1/orders", { params: { query } }));
  return { items: await Promise.all(page.items.map((row) => read(row.order_id))), next: page.next };
}

export async function unratified(after: string | null) {
  const query = { ratification: "pending" as const, after, limit: AT_ONCE };
  return wanted(inspection.GET("/api/inspection/v1/orders", { params: { query } }));
}

export const read = (order_id: string): Promise<Order> =>
  wanted(inspection.GET("/api/inspection/v1/orders/{order_id}", { params: { path: { order_id } } }));

/** Many at once only where no finding needs a word of its own. */
export const plain = (order: Order): boolean => order.findings.every((finding) => finding.outcome === "notice");
