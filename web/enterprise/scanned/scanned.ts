/**
 * What a script adds to the page of a scanned code, which is whole without it: the same check on this phone, the
 * lawful refusal with its receipt, and the look at the credentials of those who came.
 */
import { offerCredentialCheck } from "./credential";
import { checkHere } from "./genuine";
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
const refusal = place("refusal");
const credentials = place("credentials");
if (here && /^\d{100,}$/.test(code)) void tell(here);
if (refusal?.dataset.of === "order") void offerRefusal(refusal, code);
if (refusal?.dataset.of === "premises") offerRefusalWithoutCode(refusal, code);
if (credentials) offerCredentialCheck(credentials, code);
showPhotos(Array.from(document.querySelectorAll<HTMLElement>("[data-inspector]")));
