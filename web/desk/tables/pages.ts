import { type WatchSource, ref, shallowRef, watch } from "vue";

interface Page<Row, Key> {
  items: Row[];
  next?: Key | null;
}

/** Rows that come by pages. When `about` changes the list begins anew, and what was asked before is not shown. */
export function usePages<Row, Key>(about: WatchSource, ask: (after: Key | null) => Promise<Page<Row, Key>>) {
  const rows = shallowRef<Row[]>([]);
  const next = shallowRef<Key | null>(null);
  const busy = ref(false);
  const error = ref<unknown>();
  let asked = 0;

  async function load(after: Key | null) {
    const mine = ++asked;
    busy.value = true;
    error.value = undefined;
    try {
      const page = await ask(after);
      if (mine !== asked) return;
      rows.value = after === null ? page.items : [...rows.value, ...page.items];
      next.value = page.next ?? null;
    } catch (reason) {
      if (mine === asked) error.value = reason;
    } finally {
      if (mine === asked) busy.value = false;
    }
  }

  watch(
    about,
    () => {
      rows.value = [];
      next.value = null;
      void load(null);
    },
    { immediate: true },
  );
  return {
    get rows() { return rows.value; },
    get busy() { return busy.value; },
    get error() { return error.value; },
    get hasMore() { return next.value !== null && !busy.value; },
    get isEmpty() { return !busy.value && !rows.value.length && !error.value; },
    more: () => load(next.value),
    again: () => load(null),
    put: (changed: Row[]) => (rows.value = changed),
  };
}

export type Pages = Pick<ReturnType<typeof usePages>, "busy" | "error" | "hasMore" | "isEmpty" | "more">;
