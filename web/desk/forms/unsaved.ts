import { onMounted, onUnmounted } from "vue";
import { useI18n } from "vue-i18n";
import { useRouter } from "vue-router";
import { account } from "@shared/session";
import { ask } from "../asking/ask";

/** Asks before a form with changes is left, by a link, by another view of its page, or with the browser's own page. Nobody
 * is asked whose login is over: they cannot save any more. */
export function useUnsaved(changed: () => boolean): void {
  const { t } = useI18n();
  const unsaved = () => account.value !== null && changed();

  const ofPage = (event: BeforeUnloadEvent) => {
    if (unsaved()) event.preventDefault();
  };
  const noLonger = useRouter().beforeEach(
    async () => !unsaved() || (await ask({ title: t("unsaved.title"), what: t("unsaved.what"), yes: t("unsaved.leave"), no: t("unsaved.stay"), grave: true })) !== null,
  );

  onMounted(() => addEventListener("beforeunload", ofPage));
  onUnmounted(() => {
    noLonger();
    removeEventListener("beforeunload", ofPage);
  });
}
