import { ref } from "vue";
import { Problem } from "@shared/problem";
import { entered, expired } from "./entered";

/** One thing at a time: what goes wrong is shown where it was asked, and an expired right leads back to the door. */
export function useDoing() {
  const busy = ref(false);
  const error = ref<unknown>();

  async function doing<T>(task: () => Promise<T>): Promise<T | undefined> {
    busy.value = true;
    error.value = undefined;
    try {
      return await task();
    } catch (reason) {
      if (reason instanceof Problem && reason.status === 401) close();
      error.value = reason;
    } finally {
      busy.value = false;
    }
  }

  return { busy, error, doing };
}

function close(): void {
  expired.value ||= entered.value;
  entered.value = false;
}
