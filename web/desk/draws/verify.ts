/** Draws again on this computer, after docs/draws.md and from the published file alone: nobody need take our word. */
interface Stratum { grade: string | null; industry: string | null; take: number }
interface Drawn { rank: number; premises_id: string; inspectors: string[] }
export interface DrawFile {
  state: string;
  commitment: string;
  seed: string | null;
  public_value: string | null;
  results: Drawn[];
  list: {
    draw_id: string;
    per_object: number;
    strata: Stratum[];
    objects: { premises_id: string; enterprise_id: string; grade: string | null; industry: string }[];
    inspectors: { inspector_id: string }[];
    recusals: { inspector_id: string; enterprise_id: string }[];
  };
}
export type Verdict = { commitment: boolean; results: boolean; differs: number[] };

/** A page that did not come over TLS has no hashes to offer. */
export const canVerify = (): boolean => Boolean(globalThis.crypto?.subtle);

/** Of a draw whose seed is public; one that was abandoned has no results, and must have none. */
export async function verified(file: DrawFile): Promise<Verdict> {
  const commitment = (await sha256(`${file.seed}\n${canonical(file.list)}`)) === file.commitment;
  const found = file.state === "abandoned" ? [] : await drawnAgain(file);
  const differs = Array.from({ length: Math.max(found.length, file.results.length) }, (_, at) => at)
    .filter((at) => canonical(found[at] ?? null) !== canonical(file.results[at] ?? null))
    .map((at) => at + 1);
  return { commitment, results: !differs.length, differs };
}

async function drawnAgain({ list, seed, public_value }: DrawFile): Promise<Drawn[]> {
  const lot = (...what: string[]) => sha256([seed, public_value ?? "", list.draw_id, ...what].join("\n"));
  const objects = await sortedBy(list.objects, (one) => lot("object", one.premises_id));
  const left = new Map(list.strata.map((stratum) => [stratum, stratum.take]));
  const chosen = objects.filter((one) => {
    const stratum = list.strata.find(({ grade, industry }) => grade === one.grade && (industry === null || industry === one.industry));
    const places = stratum ? left.get(stratum)! : 0;
    if (stratum && places) left.set(stratum, places - 1);
    return places > 0;
  });
  return assigned(list, chosen, lot);
}

/** By rank, to those sent least so far in this draw; the lot decides among equals. */
async function assigned(list: DrawFile["list"], chosen: DrawFile["list"]["objects"], lot: (...what: string[]) => Promise<string>): Promise<Drawn[]> {
  const load = new Map(list.inspectors.map(({ inspector_id }) => [inspector_id, 0]));
  const away = new Set(list.recusals.map(({ inspector_id, enterprise_id }) => `${inspector_id} ${enterprise_id}`));
  const drawn: Drawn[] = [];
  for (const one of chosen) {
    const free = [...load.keys()].filter((person) => !away.has(`${person} ${one.enterprise_id}`));
    const byLot = await sortedBy(free, (person) => lot("inspector", one.premises_id, person));
    const inspectors = byLot.sort((a, b) => load.get(a)! - load.get(b)!).slice(0, list.per_object);
    for (const person of inspectors) load.set(person, load.get(person)! + 1);
    drawn.push({ rank: drawn.length + 1, premises_id: one.premises_id, inspectors });
  }
  return drawn;
}

async function sortedBy<T>(values: T[], key: (value: T) => Promise<string>): Promise<T[]> {
  const keyed = await Promise.all(values.map(async (value) => ({ value, key: await key(value) })));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ value }) => value);
}

/** RFC 8785 of what such a file holds: text, whole numbers and null. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
