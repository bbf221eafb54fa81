/** The phone's camera, until it has read a square. */
interface Reader {
  detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type Native = { new (options: object): Reader; getSupportedFormats(): Promise<string[]> };

const EVERY_MS = 200;

/** Shows it in `picture`; `read` hears of the first square. Answers how to stop. Raises without a camera or a reader. */
export async function look(picture: HTMLVideoElement, read: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  let open = true;
  const stop = () => {
    open = false;
    stream.getTracks().forEach((track) => track.stop());
  };
  try {
    picture.srcObject = stream;
    await picture.play();
    const reader = await openReader();
    const again = async () => {
      const [found] = open ? await reader.detect(picture).catch(() => []) : [];
      if (!open) return;
      if (!found) return void setTimeout(() => void again(), EVERY_MS);
      stop();
      read(found.rawValue);
    };
    void again();
    return stop;
  } catch (reason) {
    stop();
    throw reason;
  }
}

/** The phone's own, else one that is fetched when it is first wanted. */
async function openReader(): Promise<Reader> {
  const own = (window as unknown as { BarcodeDetector?: Native }).BarcodeDetector;
  if (own && (await own.getSupportedFormats()).indexOf("qr_code") >= 0) return new own({ formats: ["qr_code"] });
  const { openFetchedReader } = await import("./fetchedReader");
  return openFetchedReader();
}
