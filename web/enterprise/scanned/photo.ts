/** The face on a credential, to be compared with who stands at the door. */
import { element } from "./page";
import { words } from "./words";

/** Put before what is said of the person; nothing where there is none. */
export function showPhoto(person: HTMLElement, inspectorId: string, name: string): void {
  const picture = element("img", { className: "face", alt: `${words.photo} ${name}` });
  picture.onload = () => person.insertBefore(picture, person.firstChild);
  picture.src = `/api/registry/v1/inspectors/${inspectorId}/photo`;
}

/** When the reader comes to them: what is seen first must not wait for pictures. */
export function showPhotos(people: HTMLElement[]): void {
  const watch = new IntersectionObserver((seen) =>
    seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => {
      watch.unobserve(target);
      const { inspector = "", name = "" } = (target as HTMLElement).dataset;
      showPhoto(target as HTMLElement, inspector, name);
    }),
  );
  people.forEach((person) => watch.observe(person));
}
