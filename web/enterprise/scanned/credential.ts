/** 亮证: who shows a credential is looked up, checked on this phone, and sought among those the order names. */
import type { components } from "@api/inspection";
import { look } from "./camera";
import { checkHere, type Finding } from "./genuine";
import { element, fill } from "./page";
import { showPhoto } from "./photo";
import { offerTyping } from "./typed";
import { language, words } from "./words";

type Check = components["schemas"]["CodeCheck"];
interface Shown {
  check: Check;
  /** Digits that were typed bear no signature: the server alone compared them. */
  here: Finding | "typed";
  named: boolean;
}

export function offerCredentialCheck(place: HTMLElement, orderCode: string): void {
  const found = element("ul", { className: "shown" });
  const camera = element("div");
  const said = element("p", { className: "wrong", hidden: true });
  const begin = element("button", { type: "button" }, words.scan);
  const typing = element("div");
  said.setAttribute("role", "alert");
  const told = element("div", {}, found);
  told.setAttribute("role", "status");
  begin.onclick = () => void scan(camera, begin, said, (text) => void tell(text, orderCode, found, said));
  fill(place, told, said, camera, begin, typing);
  offerTyping(typing, (check) => {
    said.hidden = true;
    const person = check.inspector?.inspector_id ?? "";
    found.appendChild(line({ check, here: "typed", named: document.querySelector(`[data-inspector="${person}"]`) !== null }));
  });
}

async function scan(camera: HTMLElement, begin: HTMLElement, said: HTMLElement, read: (text: string) => void) {
  const picture = element("video", { muted: true, playsInline: true });
  picture.setAttribute("aria-label", words.camera);
  const close = element("button", { type: "button" }, words.close);
  let stop: () => void = () => undefined;
  const done = () => {
    stop();
    fill(camera);
    begin.hidden = false;
  };
  close.onclick = done;
  said.hidden = begin.hidden = true;
  fill(camera, picture, close);
  try {
    stop = await look(picture, (text) => {
      done();
      read(text);
    });
    if (!begin.hidden) stop(); // closed before it was open
  } catch {
    done();
    fill(said, words.no_camera);
  }
}

async function tell(text: string, orderCode: string, found: HTMLElement, said: HTMLElement): Promise<void> {
  const code = text.slice(text.lastIndexOf("/") + 1);
  if (!/^\d{100,}$/.test(code)) return fill(said, words.other_code);
  const shown = await lookUp(code, orderCode).catch(() => null);
  if (!shown) return fill(said, words.no_check);
  if (shown.check.kind === "order") return fill(said, words.other_code);
  found.appendChild(line(shown));
}

async function lookUp(code: string, orderCode: string): Promise<Shown> {
  const [check, order, here] = await Promise.all([asked(code), asked(orderCode), checkHere(code)]);
  const person = check.inspector?.inspector_id;
  return { check, here, named: (order.order?.inspectors ?? []).some(({ inspector_id }) => inspector_id === person) };
}

async function asked(code: string): Promise<Check> {
  const answer = await fetch(`/api/inspection/v1/codes/${code}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json() as Promise<Check>;
}

function line({ check, here, named }: Shown): HTMLElement {
  const good = check.valid && named && ["genuine", "no_keys", "unable", "typed"].includes(here);
  const person = check.inspector;
  const verdict = check.valid ? (named ? words.named : words.not_named) : check.text[language];
  const mark = element("strong", {}, good ? "✓ " : "✗ ", person ? person.name : words.nobody);
  const who = person ? [element("small", {}, `${person.agency ?? ""} ${person.certificate_number}`)] : [];
  const shown = element("li", { className: good ? "good" : "wrong" }, mark, ...who, element("p", {}, verdict), element("small", {}, words[here]));
  if (good && person) showPhoto(shown, person.inspector_id, person.name);
  return shown;
}
