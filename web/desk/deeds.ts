import { ref } from "vue";

/** One deed at a time, with what went wrong kept for beside it. */
export function useDeed() {
  const busy = ref(false);
  const error = ref<unknown>();

  async function attempt<T>(deed: () => Promise<T>): Promise<T | undefined> {
    busy.value = true;
    error.value = undefined;
    try {
      return await deed();
    } catch (reason) {
      error.value = reason;
    } finally {
      busy.value = false;
    }
  }

  return { busy, error, attempt };
}
