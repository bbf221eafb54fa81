/** 亮证 where no camera helps: the digits that stand on the inspector's screen are typed, and the server looks them up. */
import type { components } from "@api/inspection";
import { freshKey } from "@shared/key";
import { element, fill } from "./page";
import { API, sent } from "./sending";
import { words } from "./words";

type Check = components["schemas"]["CodeCheck"];

/** One of those the order names is chosen; nobody else need be asked for, for they may be refused. */
export function offerTyping(place: HTMLElement, found: (check: Check) => void): void {
  const named = Array.from(document.querySelectorAll<HTMLElement>("[data-certificate]"));
  const begin = element("button", { type: "button" }, words.type);
  begin.onclick = () => ask(place, named, found);
  if (named.length) fill(place, begin);
}

function ask(place: HTMLElement, named: HTMLElement[], found: (check: Check) => void): void {
  const digits = element("input", { name: "digits", inputMode: "numeric", pattern: "[0-9]{8}", maxLength: 8, required: true, autocomplete: "off" });
  const confirm = element("button", {}, words.compare);
  const back = element("button", { type: "button" }, words.back);
  const people = element("fieldset", {}, element("legend", {}, words.whose), ...named.map(choice));
  const form = element("form", {}, people, element("label", {}, words.digits, digits), confirm, back);
  back.onclick = () => offerTyping(place, found);
  form.onsubmit = (event) => {
    event.preventDefault();
    const body = { certificate_number: new FormData(form).get("certificate_number"), digits: digits.value };
    void sent<Check>(place, confirm, `${API}/credential-checks`, body, freshKey()).then((check) => {
      if (!check) return;
      found(check);
      offerTyping(place, found);
    });
  };
  fill(place, form);
  digits.focus();
}

function choice({ dataset: { certificate, name } }: HTMLElement, nth: number): HTMLElement {
  const input = element("input", { type: "radio", name: "certificate_number", value: certificate, required: true, checked: nth === 0 });
  return element("label", {}, input, ` ${name} ${certificate}`);
}
