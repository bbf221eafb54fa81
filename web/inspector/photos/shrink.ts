/**
 * A camera's picture made small enough for the signal of a factory yard. Drawing it anew also leaves behind what the
 * camera wrote into it: the place, the device, the owner.
 */
const LONGEST_SIDE = 1600;
const QUALITIES = [0.8, 0.6, 0.4];
const MOST_BYTES = 1_400_000;

/** Raises an error for a file that is no picture. */
export async function shrunk(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return smallest(canvas);
}

async function smallest(canvas: HTMLCanvasElement): Promise<Blob> {
  for (const quality of QUALITIES) {
    const made = await encoded(canvas, "image/jpeg", quality);
    if (made.size <= MOST_BYTES) return made;
  }
  throw new Error("too large");
}

export function encoded(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((answer, fail) => {
    canvas.toBlob((made) => (made ? answer(made) : fail(new Error("not encoded"))), type, quality);
  });
}
