/** 照片、签名: evidence as the phone holds it, from the shutter until the order is done. */
export interface Photo {
  photo_id: string;
  owner: string;
  order_id: string;
  kind: "photo" | "signature";
  item_id: string | null;
  question_id: string | null;
  taken_at: string;
  /** Of the bytes in `picture`, so that the server knows it got what was taken. */
  sha256: string;
  picture: Blob;
  /** null until the server has it. */
  evidence_id: string | null;
}

export type Aspect = { item_id: string; question_id: string };

export async function fingerprint(picture: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await picture.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
