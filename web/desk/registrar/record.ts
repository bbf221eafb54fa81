import { type Ref, ref, shallowRef } from "vue";
import { useRouter } from "vue-router";

export const NEW = "new";

interface Ways<Shown, Draft> {
  /** The route's parameter and name, for what is new gets its own address once it is registered. */
  ident: string;
  route: string;
  identOf: (shown: Shown) => string;
  draftOf: (shown: Shown | null) => Draft;
  load: () => Promise<Shown>;
  register: (draft: Draft) => Promise<Shown>;
  change: (draft: Draft, headers: { "If-Match": string }) => Promise<Shown>;
}

/** One registered thing in a form: read, changed at the version that was read, or registered anew. */
export function useRecord<Shown extends { version: number }, Draft>(ways: Ways<Shown, Draft>) {
  const router = useRouter();
  const isNew = ways.ident === NEW;
  const shown = shallowRef<Shown | null>(null);
  const draft = ref(isNew ? ways.draftOf(null) : null) as Ref<Draft | null>;
  const error = ref<unknown>();
  const busy = ref(false);
  const saved = ref(false);

  function show(found: Shown) {
    shown.value = found;
    draft.value = ways.draftOf(found);
  }

  async function attempt(deed: () => Promise<void>) {
    busy.value = true;
    error.value = undefined;
    saved.value = false;
    try {
      await deed();
    } catch (reason) {
      error.value = reason;
    } finally {
      busy.value = false;
    }
  }

  const load = () => attempt(async () => show(await ways.load()));
  const save = () =>
    attempt(async () => {
      if (!draft.value) return;
      if (!shown.value) {
        const made = await ways.register(draft.value);
        await router.replace({ name: ways.route, params: { ident: ways.identOf(made) } });
        return;
      }
      show(await ways.change(draft.value, { "If-Match": `"${shown.value.version}"` }));
      saved.value = true;
    });

  if (!isNew) void load();
  return { isNew, shown, draft, error, busy, saved, load, save };
}
