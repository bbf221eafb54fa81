/** Where the phone is, if the person lets it say so. A visit never waits long for it. */
import type { Spot } from "./kept/database";

const PATIENCE_MS = 5_000;
const EARTH_METRES = 6_371_000;

export interface Position extends Spot {
  accuracy: number;
}

export function position(): Promise<Position | null> {
  if (!("geolocation" in navigator)) return Promise.resolve(null);
  return new Promise((answer) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => answer({ latitude, longitude, accuracy: Math.min(accuracy, 1_000_000) }),
      () => answer(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 30_000 },
    );
  });
}

/** Whether it may be asked without a dialogue springing up. */
export async function mayLocate(): Promise<boolean> {
  const asked = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return asked?.state === "granted";
}

/** As the crow flies, in metres. */
export function metresBetween(one: Spot, other: Spot): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2;
  const east = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const chord = north + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * east;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}
