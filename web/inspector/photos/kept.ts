/** The pictures of an order on this phone; those still to be sent say so. */
import { ref, watch, type Ref } from "vue";
import { freshKey } from "@shared/key";
import { database } from "../kept/database";
import { person } from "../person";
import { errands } from "../queue/sender";
import { fingerprint, type Aspect, type Photo } from "./photo";

export async function made(orderId: string, kind: Photo["kind"], picture: Blob, about?: Aspect): Promise<Photo> {
  return {
    photo_id: freshKey(),
    owner: person.value?.account_id ?? "",
    order_id: orderId,
    kind,
    item_id: about?.item_id ?? null,
    question_id: about?.question_id ?? null,
    taken_at: new Date().toISOString(),
    sha256: await fingerprint(picture),
    picture,
    evidence_id: null,
  };
}

/** Follows the queue: what it has sent changes its mark. */
export function photosOf(orderId: string): Ref<Photo[]> {
  const photos = ref<Photo[]>([]);
  const read = async () => {
    const all = await (await database).getAllFromIndex("photos", "order", orderId);
    photos.value = all.filter((photo) => photo.owner === person.value?.account_id).sort((one, other) => one.taken_at.localeCompare(other.taken_at));
  };
  watch(errands, () => void read(), { immediate: true });
  return photos;
}

export async function photo(photoId: string): Promise<Photo | undefined> {
  return (await database).get("photos", photoId);
}
