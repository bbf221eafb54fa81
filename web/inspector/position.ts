/** Where the phone is, if the person lets it say so. A visit never waits long for it. */
const PATIENCE_MS = 5_000;

export interface Position {
  latitude: number;
  longitude: number;
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
