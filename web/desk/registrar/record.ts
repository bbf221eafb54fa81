import { ref } from "vue";
import { useRouter } from "vue-router";
import { provideFaults } from "@shared/fields";
import { useDeed } from "../deeds";
import { useEdited } from "../forms/edited";

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
export function useRecord<Shown extends { version: number }, Draft extends object>(ways: Ways<Shown, Draft>) {
  const router = useRouter();
  const isNew = ways.ident === NEW;
  const { shown, draft, theirs, show, change, settled, keepMine, takeTheirs } = useEdited<Shown, Draft>(ways.draftOf, isNew ? ways.draftOf(null) : null);
  const { busy, error, attempt } = useDeed();
  const wrong = provideFaults(error);
  const saved = ref(false);

  async function register(given: Draft) {
    const made = await ways.register(given);
    settled();
    await router.replace({ name: ways.route, params: { ident: ways.identOf(made) } });
  }

  const save = () =>
    attempt(async () => {
      const given = draft.value;
      saved.value = false;
      if (!given) return;
      if (!shown.value) return register(given);
      await change((headers) => ways.change(given, headers), ways.load);
      saved.value = true;
    });
  /** What somebody changed beside the form makes a newer version of it; what was typed stays. */
  const again = () => attempt(async () => keepMine(await ways.load()));
  /** With the refusal goes what it was about. */
  const settle = (how: () => unknown) => {
    how();
    error.value = undefined;
  };

  if (!isNew) void attempt(async () => show(await ways.load()));
  return { isNew, shown, draft, theirs, error, wrong, busy, saved, save, again, takeTheirs: () => settle(takeTheirs), keepMine: () => settle(keepMine) };
}

export type RecordShown = Omit<ReturnType<typeof useRecord<{ version: number }, object>>, "shown">;
