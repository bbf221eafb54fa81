/** The coordinator's figures as they change. A reader that lost the line comes back by itself. */
import { EventSource } from "eventsource";
import { onUnmounted, ref } from "vue";
import type { components } from "@api/oversight";
import { bearer } from "@shared/session";

export type Figures = components["schemas"]["Figures"];

export function liveFigures() {
  const figures = ref<Figures | null>(null);
  const connected = ref(false);
  const source = new EventSource("/api/oversight/v1/stream", {
    fetch: async (url, init) =>
      fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${await bearer()}` } }),
  });
  source.addEventListener("figures", (event) => {
    figures.value = JSON.parse(event.data) as Figures;
    connected.value = true;
  });
  source.addEventListener("error", () => (connected.value = false));
  onUnmounted(() => source.close());
  return { figures, connected };
}
