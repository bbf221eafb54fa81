/** 送达确认: whoever was shown the order code says that the notice was read. */
import type { components } from "@api/inspection";
import { freshKey } from "@shared/key";
import { element, fill } from "./page";
import { API, sent } from "./sending";
import { language, words } from "./words";

type Reading = components["schemas"]["NoticeReading"];

export function offerConfirmation(place: HTMLElement, code: string): void {
  const confirm = element("button", {}, words.confirm_notice);
  const key = freshKey();
  confirm.onclick = async () => {
    const reading = await sent<Reading>(place, confirm, `${API}/codes/${code}/notice-reading`, {}, key);
    if (reading) confirmed(place, new Date(reading.read_at));
  };
  fill(place, confirm, element("small", {}, words.waives_nothing));
}

function confirmed(place: HTMLElement, at: Date): void {
  const said = element("p", { tabIndex: -1 }, element("strong", {}, "✓ ", words.notice_confirmed), " ", at.toLocaleString(language === "en" ? "en-GB" : "zh-CN"));
  said.setAttribute("role", "status");
  fill(place, said, element("small", {}, words.waives_nothing));
  said.focus();
}
