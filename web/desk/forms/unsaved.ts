import { onMounted, onUnmounted } from "vue";
import { useI18n } from "vue-i18n";
import { type RouteLocation, useRouter } from "vue-router";
import { account } from "@shared/session";
import { ask } from "../asking/ask";

/** Where somebody goes although a form is unsaved: a page of several forms asks once. */
const allowed = new WeakSet<RouteLocation>();

/** Asks before a form with changes is left, by a link, by another view of its page, or with the browser's own page. Nobody
 * is asked whose login is over: they cannot save any more. `words` names what is asked: its `title`, `what`, `leave`, `stay`. */
export function useUnsaved(changed: () => boolean, words = "unsaved"): void {
  const { t } = useI18n();
  const unsaved = () => account.value !== null && changed();

  const noLonger = useRouter().beforeEach(async (to) => {
    if (!unsaved() || allowed.has(to)) return true;
    const left = await ask({ title: t(`${words}.title`), what: t(`${words}.what`), yes: t(`${words}.leave`), no: t(`${words}.stay`), grave: true });
    if (left) allowed.add(to);
    return left !== null;
  });

  holdPage(unsaved);
  onUnmounted(noLonger);
}

/** The browser asks, with its own page, before the desk as a whole is left. */
export function holdPage(unsaved: () => boolean): void {
  const ofPage = (event: BeforeUnloadEvent) => {
    if (unsaved()) event.preventDefault();
  };
  onMounted(() => addEventListener("beforeunload", ofPage));
  onUnmounted(() => removeEventListener("beforeunload", ofPage));
}
