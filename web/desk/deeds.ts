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

/** Something that is asked again and again while it changes. Answers may overtake each other: one that is older than
 * what is shown already comes too late. */
export function useRenewed<T>(ask: () => Promise<T>, show: (answer: T) => void) {
  const error = ref<unknown>();
  let asked = 0;
  let shown = 0;

  async function renew(): Promise<void> {
    const mine = ++asked;
    const answer = await ask().then((found) => () => show(found), (reason: unknown) => () => (error.value = reason));
    if (mine < shown) return;
    shown = mine;
    error.value = undefined;
    answer();
  }

  return { error, renew };
}
