import type { components } from "@api/inspection";
import { freshKey } from "@shared/key";
import { element, fill } from "./page";
import { API, say, sent } from "./sending";
import { language, words } from "./words";

type Ground = components["schemas"]["Ground"];
type Refusal = components["schemas"]["VisitRefusal"];

/** 依法拒绝, under the order whose code was scanned: a ground by one tap, words if wanted. */
export async function offerRefusal(place: HTMLElement, code: string): Promise<void> {
  const begin = element("button", { type: "button", className: "refuse" }, words.refuse);
  begin.onclick = () => void ask(place, begin, code);
  fill(place, begin);
}

/** From one's own gate plate: somebody stands there without a code. */
export function offerRefusalWithoutCode(place: HTMLElement, code: string): void {
  const begin = element("button", { type: "button", className: "refuse" }, words.refuse_no_code);
  const key = freshKey();
  begin.onclick = () => void send(place, begin, `${API}/premises-codes/${code}/refusal`, {}, key);
  fill(place, begin);
}

/** Once: a form that came a second time would take away what was written into the first. */
async function ask(place: HTMLElement, begin: HTMLButtonElement, code: string): Promise<void> {
  begin.disabled = true;
  const grounds = await fetchGrounds().catch(() => null);
  begin.disabled = false;
  if (!grounds) return say(place, words.no_signal);
  const own = element("textarea", { name: "words", rows: 3, maxLength: 500 });
  const confirm = element("button", { className: "refuse" }, words.confirm);
  const back = element("button", { type: "button" }, words.back);
  const form = element(
    "form",
    {},
    element("fieldset", {}, element("legend", {}, words.choose), ...grounds.map(choice)),
    element("label", {}, words.words, own),
    confirm,
    back,
  );
  const key = freshKey();
  back.onclick = () => void offerRefusal(place, code);
  form.onsubmit = (event) => {
    event.preventDefault();
    const ground = new FormData(form).get("ground");
    void send(place, confirm, `${API}/codes/${code}/refusal`, { ground, words: own.value.trim() || null }, key);
  };
  fill(place, form);
  form.querySelector("input")?.focus();
}

async function fetchGrounds(): Promise<Ground[]> {
  const answer = await fetch(`${API}/refusal-grounds`);
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { items: Ground[] }).items;
}

function choice(ground: Ground): HTMLElement {
  const input = element("input", { type: "radio", name: "ground", value: ground.ground, required: true });
  return element("label", {}, input, " ", ground.text[language]);
}

async function send(place: HTMLElement, button: HTMLButtonElement, url: string, body: object, key: string) {
  const refusal = await sent<Refusal>(place, button, url, body, key);
  if (refusal) receipted(place, refusal);
}

function receipted(place: HTMLElement, refusal: Refusal): void {
  const receipt = element("a", { href: `${API}/receipts/${refusal.receipt_id}`, className: "action" }, words.receipt);
  const known = refusal.known.map((fact) => element("p", { className: "also" }, fact[language]));
  const said = element("p", { tabIndex: -1 }, element("strong", {}, words.refused));
  said.setAttribute("role", "status");
  fill(place, said, element("p", {}, refusal.text[language]), ...known, receipt);
  said.focus();
}
