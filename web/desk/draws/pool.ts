/** The lists of a draw as a form holds them, and how large they would be, asked again when they change. */
import { type Ref, computed, ref, shallowRef, watch } from "vue";
import { inspection, wanted } from "@shared/api";
import type { components } from "@api/inspection";
import { wrongAt } from "@shared/fields";
import { account } from "@shared/session";
import { plus, today } from "../days";

type S = components["schemas"];
export type Pool = S["Pool"];
export interface Place {
  premises_id: string;
  enterprise_id: string;
  enterprise: string;
  name: string;
}
export interface Recusal {
  inspector_id: string;
  enterprise_id: string;
  enterprise: string;
  reason: string;
}
export interface Lists {
  purpose: string;
  starts_on: string;
  ends_on: string;
  per_object: number;
  by: "industries" | "premises";
  industries: string;
  premises: Place[];
  /** Percent by grade, "" for enterprises that have none. */
  shares: Record<string, number | "">;
  /** null: everybody who is fit. */
  inspectors: string[] | null;
  recusals: Recusal[];
  public_source: string;
  public_on: string;
}

const PAUSE_MS = 500;
const DAYS = 90;
export const blank = (): Lists => ({
  purpose: "", starts_on: today(), ends_on: plus(today(), DAYS), per_object: 2, by: "industries", industries: "", premises: [], shares: {}, inspectors: null, recusals: [],
  public_source: "", public_on: "",
});

export const codesOf = (text: string): string[] => [...new Set(text.toUpperCase().split(/[\s,，、;；]+/).filter(Boolean))];

/** Percent as it is typed, without what floating point would add. */
const shareOf = (percent: number): number => Number((percent / 100).toFixed(6));
const sharesOf = (lists: Lists, grades?: Set<string>): S["Share"][] =>
  Object.entries(lists.shares)
    .filter(([grade, percent]) => percent !== "" && percent > 0 && percent <= 100 && (!grades || grades.has(grade)))
    .map(([grade, percent]) => ({ grade: grade || null, share: shareOf(Number(percent)) }));
const namedBy = ({ by, industries, premises }: Lists) =>
  by === "industries" ? { industries: codesOf(industries), premises: [] } : { industries: [], premises: premises.map((place) => place.premises_id) };
export const hasList = (lists: Lists): boolean => (lists.by === "industries" ? codesOf(lists.industries).length : lists.premises.length) > 0;

export function sent(lists: Lists, pool: Pool): S["Commit"] {
  const { purpose, starts_on, ends_on, per_object, inspectors, recusals, public_source, public_on } = lists;
  return {
    purpose, starts_on, ends_on, per_object, inspectors, ...namedBy(lists),
    shares: sharesOf(lists, new Set(pool.strata.map((one) => one.grade ?? ""))),
    recusals: recusals.map(({ inspector_id, enterprise_id, reason }) => ({ inspector_id, enterprise_id, reason })),
    public_source: public_source.trim() || null,
    public_on: public_on || null,
  };
}

/** Null while too little is known to ask, and where the lists are refused: their old sizes would mislead. Of a share that
 * is refused they stay, for it is typed beside them. Answers may overtake each other: only the latest is shown. */
export function usePool(lists: Ref<Lists>) {
  const pool = shallowRef<Pool | null>(null);
  const counting = ref(false);
  const error = ref<unknown>();
  let asked = 0;

  const question = computed(() => {
    const { starts_on, ends_on, shares: _ } = lists.value;
    return starts_on && ends_on && hasList(lists.value) && account.value ? JSON.stringify({ starts_on, ends_on, ...namedBy(lists.value), shares: sharesOf(lists.value) }) : null;
  });
  watch(question, (now) => {
    const mine = ++asked;
    counting.value = now !== null;
    error.value = undefined;
    if (now === null) pool.value = null;
    else setTimeout(() => mine === asked && void count(now, mine), PAUSE_MS);
  });

  async function count(now: string, mine: number) {
    try {
      const found = await wanted(inspection.POST("/api/inspection/v1/draw-checks", { body: JSON.parse(now) as S["Lists"] }));
      if (mine === asked) pool.value = found;
    } catch (reason) {
      if (mine !== asked) return;
      error.value = reason;
      if (!wrongAt(reason, "shares")) pool.value = null;
    } finally {
      if (mine === asked) counting.value = false;
    }
  }
  return { pool, counting, error };
}
