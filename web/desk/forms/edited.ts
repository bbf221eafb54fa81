import { type Ref, computed, ref, shallowRef } from "vue";
import { same } from "./same";
import { differences, isStale, united } from "./stale";
import { useUnsaved } from "./unsaved";

/** A form over something with versions. `shown` is the version that the next change is said of, `draft` what is typed;
 * leaving it with changes asks. Where somebody was faster, `theirs` says what they changed, and nothing typed is lost. */
export function useEdited<Shown extends { version: number }, Draft extends object>(draftOf: (shown: Shown) => Draft, empty: Draft | null) {
  const shown = shallowRef<Shown | null>(null);
  const draft = ref(empty) as Ref<Draft | null>;
  const read = shallowRef(empty && copied(empty));
  const newer = shallowRef<Shown | null>(null);
  const theirs = computed(() => newer.value && read.value && draft.value && differences(read.value, draftOf(newer.value), draft.value));

  function show(found: Shown) {
    shown.value = found;
    read.value = draftOf(found);
    draft.value = copied(read.value);
    newer.value = null;
  }

  /** The newer version becomes the one that is changed, and what was typed stays. */
  function keepMine(found: Shown | null = newer.value) {
    if (!found || !read.value || !draft.value) return;
    draft.value = united(read.value, draftOf(found), draft.value);
    read.value = draftOf(found);
    shown.value = found;
    newer.value = null;
  }

  /** Says it of the version that was read. Where that is stale, `again` reads what it is now; the refusal is raised all the same. */
  async function change(deed: (headers: { "If-Match": string }) => Promise<Shown>, again: () => Promise<Shown>) {
    try {
      show(await deed({ "If-Match": `"${shown.value?.version}"` }));
    } catch (reason) {
      if (isStale(reason)) newer.value = await again();
      throw reason;
    }
  }

  useUnsaved(() => !same(draft.value, read.value));
  return { shown, draft, theirs, show, change, keepMine, takeTheirs: () => newer.value && show(newer.value), settled: () => (read.value = draft.value && copied(draft.value)) };
}

function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
