/** 回执: checked on this phone, and kept: as a file, on paper, or sent on. */
import { copied } from "@shared/copy";
import { isLarge } from "@shared/largeType";
import { element, fill } from "./page";
import { checkSheet, type Finding } from "./receiptGenuine";
import { publishedKeys, type PublishedKey } from "./signature";
import { receiptWords as words, type Both } from "./receiptWords";

export async function offerReceipt(token: string, shown: HTMLElement, keep: HTMLElement | null): Promise<void> {
  document.documentElement.classList.toggle("large", isLarge());
  if (keep) offerToKeep(keep);
  const keys = await publishedKeys().catch(() => null);
  const found = await checkSheet(token, document, keys);
  if (isRefuted(found)) takeBack(shown);
  fill(shown, ...both(words[found]));
  const sheets = Array.from(document.querySelectorAll<HTMLElement>("[data-sheet]"));
  sumUp(sheets, await Promise.all(sheets.map((each) => tellSupplement(each, keys))));
}

const isRefuted = (found: Finding) => found === "forged" || found === "different" || found === "unknown_key";

/** Evidence that was added since has a signature of its own. */
async function tellSupplement(shown: HTMLElement, keys: PublishedKey[] | null): Promise<Finding> {
  const found = await checkSheet(shown.dataset.sheet ?? "", shown, keys);
  if (isRefuted(found)) shown.classList.add("wrong");
  shown.appendChild(element("p", {}, ...both(words[found])));
  return found;
}

/** One that is wrong may stand far down a long list. */
function sumUp(sheets: HTMLElement[], found: Finding[]): void {
  if (sheets.length < 2) return;
  const bad = found.filter((each) => each !== "genuine").length;
  const { zh, en } = bad ? words.some_wrong : words.all_genuine;
  const counted = (text: string) => text.replace("{n}", String(sheets.length)).replace("{bad}", String(bad));
  const said = element("p", { className: bad ? "wrong" : "" }, ...both({ zh: counted(zh), en: counted(en) }));
  said.setAttribute("role", "status");
  sheets[0]?.parentElement?.before(said);
}

/** What the server said of it does not stand beside what the phone found. */
function takeBack(shown: HTMLElement): void {
  const header = shown.parentElement;
  const heading = header?.querySelector("h1");
  header?.classList.remove("good");
  if (heading) heading.textContent = (heading.textContent ?? "").replace("✓", "✗");
  (shown.previousElementSibling as HTMLElement).hidden = true;
}

function offerToKeep(place: HTMLElement): void {
  const save = element("button", { type: "button" }, ...both(words.save));
  const print = element("button", { type: "button" }, ...both(words.print));
  const share = element("button", { type: "button" }, ...both("share" in navigator ? words.share : words.copy));
  const said = element("p", { hidden: true });
  said.setAttribute("role", "status");
  save.onclick = () => void download(place.dataset.name ?? "").catch(() => fill(said, ...both(words.not_saved)));
  print.onclick = () => window.print();
  share.onclick = () => void pass(said);
  fill(place, save, print, share, said);
}

/** As it was served, the signed text in it: it can be checked years later, without us. */
async function download(name: string): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const link = element("a", { href: URL.createObjectURL(await answer.blob()), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function pass(said: HTMLElement): Promise<void> {
  if ("share" in navigator) return navigator.share({ title: document.title, url: location.href }).catch(() => undefined); // closed again
  fill(said, ...both((await copied(location.href)) ? words.copied : words.not_copied));
}

function both({ zh, en }: Both): (string | HTMLElement)[] {
  return [zh, " ", element("span", { lang: "en" }, en)];
}
