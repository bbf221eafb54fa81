/** The answers given so far; they survive the browser. */
import { computed, ref, watch } from "vue";
import type { components } from "@api/inspection";
import { database, plain, type RecordDraft } from "../kept/database";
import type { Aspect } from "../photos/photo";

type Answer = components["schemas"]["RecordAnswer"];

export function same(one: Aspect, other?: Aspect): boolean {
  return one.item_id === other?.item_id && one.question_id === other.question_id;
}

export function recordDraft(orderId: string) {
  const draft = ref<RecordDraft>({ order_id: orderId, answers: [], statement: "" });

  async function open() {
    const kept = await database;
    draft.value = (await kept.get("drafts", orderId)) ?? draft.value;
    watch(draft, (now) => void kept.put("drafts", plain(now), orderId), { deep: true });
  }

  function give(answer: Answer) {
    draft.value.answers = [...draft.value.answers.filter((each) => !same(each, answer)), answer];
  }

  const answered = computed(() => new Set(draft.value.answers.map(({ item_id, question_id }) => `${item_id} ${question_id}`)));
  const isAnswered = ({ item_id, question_id }: Aspect) => answered.value.has(`${item_id} ${question_id}`);
  return { draft, open, give, isAnswered };
}
