import type { components } from "@api/oversight";

type S = components["schemas"];
export type Side = S["Side"];
export type Pair = S["DeskPair"];

/** Visits to one place, beside each other. `pairs` are null until they were asked for. */
export interface Cluster {
  key: string;
  premisesId: string;
  enterpriseId: string;
  enterprise: string;
  visits: Side[];
  pairs: Pair[] | null;
}

export function ofServer(cluster: S["Cluster"]): Cluster {
  return {
    key: cluster.visits.map((visit) => visit.order_id).join(),
    premisesId: cluster.premises_id,
    enterpriseId: cluster.enterprise_id,
    enterprise: cluster.enterprise_name ?? cluster.enterprise_id,
    visits: cluster.visits,
    pairs: null,
  };
}

/** Pairs of one place together, in the order in which they came. */
export function ofPairs(pairs: Pair[]): Cluster[] {
  const places = new Map<string, Pair[]>();
  for (const pair of pairs) places.set(pair.premises_id, [...(places.get(pair.premises_id) ?? []), pair]);
  return [...places.values()].map((found) => ({
    key: found[0]!.premises_id,
    premisesId: found[0]!.premises_id,
    enterpriseId: found[0]!.enterprise_id,
    enterprise: found[0]!.enterprise_name ?? found[0]!.enterprise_id,
    visits: byDay(found.flatMap((pair) => [pair.earlier, pair.later])),
    pairs: found,
  }));
}

export const among = (pairs: Pair[], visits: Side[]): Pair[] => {
  const known = new Set(visits.map((visit) => visit.order_id));
  return pairs.filter((pair) => known.has(pair.later.order_id) && known.has(pair.earlier.order_id));
};

const JOINABLE = new Set(["drafted", "submitted", "approved", "issued"]);
export const joinable = (visit: Side): boolean => JOINABLE.has(visit.state) && !visit.day;

function byDay(sides: Side[]): Side[] {
  const once = [...new Map(sides.map((side) => [side.order_id, side])).values()];
  const first = (side: Side) => side.day ?? side.starts_on ?? "";
  return once.sort((one, other) => first(one).localeCompare(first(other)));
}
