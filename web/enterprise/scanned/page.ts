/** Making elements without a framework: the scanned page has to be there at once. */
type Child = Node | string;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  given: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), given);
  children.forEach((child) => made.appendChild(typeof child === "string" ? document.createTextNode(child) : child));
  return made;
}

export function fill(place: HTMLElement, ...children: Child[]): void {
  while (place.firstChild) place.removeChild(place.firstChild);
  children.forEach((child) => place.appendChild(typeof child === "string" ? document.createTextNode(child) : child));
  place.hidden = false;
}
