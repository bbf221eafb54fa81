import { shallowRef } from "vue";
import { feedback, wanted } from "@shared/api";
import { language } from "@shared/language";
import type { components } from "@api/feedback";

/** The words of what may be complained about, as the enterprise chose them. */
export function useCategories() {
  const all = shallowRef<components["schemas"]["Category"][]>([]);
  const load = async () => (all.value = (await wanted(feedback.GET("/api/feedback/v1/complaint-categories"))).items);
  const named = (code: string): string => all.value.find((each) => each.code === code)?.[language.value] ?? "";
  return { load, named };
}
