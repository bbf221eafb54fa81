import { ref, type Ref } from "vue";
import { useDoing } from "./doing";

interface Page<Item> {
  items: Item[];
  next?: string | null;
}

/** A list that grows by `more`. */
export function usePaged<Item>(fetchPage: (after: string | undefined) => Promise<Page<Item>>) {
  const { busy, error, doing } = useDoing();
  const items = ref([]) as Ref<Item[]>;
  const next = ref<string | null>();
  let asked = 0;

  /** An answer that comes after a later question is dropped. */
  async function load(fresh: boolean) {
    const mine = ++asked;
    const page = await doing(() => fetchPage(fresh ? undefined : (next.value ?? undefined)));
    if (!page || mine !== asked) return;
    items.value = fresh ? page.items : [...items.value, ...page.items];
    next.value = page.next;
  }

  void load(true);
  return { items, next, busy, error, again: () => load(true), more: () => load(false) };
}
