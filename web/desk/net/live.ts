/** The coordinator's figures as they change. A reader that lost the line comes back by itself. */
import { EventSource } from "eventsource";
import { onUnmounted, ref } from "vue";
import type { components } from "@api/oversight";
import { bearer } from "@shared/session";

export type Figures = components["schemas"]["Figures"];

const AGAIN_MS = 5_000;

export function liveFigures() {
  const figures = ref<Figures | null>(null);
  const connected = ref(false);
  let source = open();
  let again = 0;

  function open() {
    const opened = new EventSource("/api/oversight/v1/stream", {
      fetch: async (url, init) =>
        fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${await bearer()}` } }),
    });
    opened.addEventListener("figures", (event) => {
      figures.value = JSON.parse(event.data) as Figures;
      connected.value = true;
    });
    opened.addEventListener("error", () => lost(opened));
    return opened;
  }

  /** A line that broke comes back by itself; one that was refused, by a server that just starts or is full, does not. */
  function lost(line: EventSource) {
    connected.value = false;
    if (line.readyState === line.CLOSED) again = window.setTimeout(() => (source = open()), AGAIN_MS);
  }

  onUnmounted(() => {
    clearTimeout(again);
    source.close();
  });
  return { figures, connected };
}
