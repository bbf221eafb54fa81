/** What is written of a complaint, while this page is open: another tab or an expired right loses none of it. It is kept
 * nowhere else, because phones are lent. */
import { ref } from "vue";
import type { components } from "@api/feedback";

type Category = components["schemas"]["File"]["category"];
/** `about` is the receipt of a visit. */
const nothing = () => ({ category: "" as Category | "", about: null as string | null, text: "" });

export const draft = ref(nothing());
export const isBegun = (): boolean => Boolean(draft.value.category || draft.value.text.trim());
export const forget = (): void => void (draft.value = nothing());
