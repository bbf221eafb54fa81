import { shallowRef } from "vue";

export interface Question {
  title: string;
  what?: string;
  yes: string;
  /** Else: not now. */
  no?: string;
  grave?: boolean;
  /** Of the field for a reason; without it none is asked for. */
  reason?: string;
}

interface Asked extends Question {
  answer: (given: { reason: string } | null) => void;
}

export const asked = shallowRef<Asked | null>(null);

/** What the user says to it; null: rather not. A question that is still open gives way, as if it had been declined. */
export function ask(question: Question): Promise<{ reason: string } | null> {
  asked.value?.answer(null);
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (given) => {
        asked.value = null;
        resolve(given);
      },
    };
  });
}
