import { ref, watch } from "vue";
import { createI18n } from "vue-i18n";

export type Language = "zh" | "en";
const KEPT = "yicha.language";

const kept = localStorage.getItem(KEPT);
export const language = ref<Language>(kept === "en" ? "en" : "zh");

export function speaking<Words extends Record<string, unknown>>(zh: Words, en: Words) {
  const i18n = createI18n({ legacy: false, locale: language.value, messages: { zh, en } as never });
  watch(
    language,
    (chosen) => {
      localStorage.setItem(KEPT, chosen);
      document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
      (i18n.global.locale as unknown as { value: Language }).value = chosen;
    },
    { immediate: true },
  );
  return i18n;
}
