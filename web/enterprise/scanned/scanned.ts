/**
 * What a script adds to pages that a service writes and that are whole without it. To that of a scanned code: the same
 * check on this phone, that the notice was read, the lawful refusal with its receipt, and the look at the credentials of
 * those who came. To a receipt: its check on this phone, and keeping it.
 */
import { offerCredentialCheck } from "./credential";
import { checkHere } from "./genuine";
import { offerConfirmation } from "./notice";
import { element, fill } from "./page";
import { showPhotos } from "./photo";
import { offerRefusal, offerRefusalWithoutCode } from "./refuse";
import { words } from "./words";

const place = (id: string) => document.getElementById(id);
const code = location.pathname.split("/").pop() ?? "";
const marks = { genuine: "✓ ", early: "✗ ", late: "✗ ", forged: "✗ ", unknown_key: "✗ ", unreadable: "✗ ", no_keys: "", unable: "" };

async function tell(shown: HTMLElement): Promise<void> {
  const found = await checkHere(code);
  fill(shown, element("b", {}, marks[found]), words[found]);
}

const here = place("on-this-phone");
const notice = place("notice");
const refusal = place("refusal");
const receipt = place("token");
const credentials = place("credentials");
if (here && /^\d{100,}$/.test(code)) void tell(here);
if (notice) offerConfirmation(notice, code);
if (refusal?.dataset.of === "order") void offerRefusal(refusal, code);
if (refusal?.dataset.of === "premises") offerRefusalWithoutCode(refusal, code);
if (credentials) offerCredentialCheck(credentials, code);
showPhotos(Array.from(document.querySelectorAll<HTMLElement>("[data-inspector]")));
if (receipt && here) void import("./receipt").then(({ offerReceipt }) => offerReceipt(receipt.textContent ?? "", here, place("keep")));
