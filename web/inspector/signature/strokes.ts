/** What a finger drew, stroke by stroke, so that the last can be taken back and all be drawn again. */
import { encoded } from "../photos/shrink";

export type Point = { x: number; y: number };
export type Stroke = Point[];

const WIDTH = 3;
const SCALE = 2;

export function draw(canvas: HTMLCanvasElement, strokes: Stroke[]): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(SCALE, 0, 0, SCALE, 0, 0);
  Object.assign(pen, { lineWidth: WIDTH, lineCap: "round", lineJoin: "round", strokeStyle: "#10131a", fillStyle: "#10131a" });
  for (const stroke of strokes) trace(pen, stroke);
}

function trace(pen: CanvasRenderingContext2D, [first, ...rest]: Stroke): void {
  if (!first) return;
  pen.beginPath();
  if (!rest.length) pen.arc(first.x, first.y, WIDTH / 2, 0, 2 * Math.PI);
  pen.moveTo(first.x, first.y);
  for (const { x, y } of rest) pen.lineTo(x, y);
  if (rest.length) pen.stroke();
  else pen.fill();
}

/** As large as it is shown, twice as fine. */
export function fit(canvas: HTMLCanvasElement): void {
  canvas.width = Math.round(canvas.clientWidth * SCALE);
  canvas.height = Math.round(canvas.clientHeight * SCALE);
}

/** More than a slip of the hand: some way was gone. */
export function isSignature(strokes: Stroke[]): boolean {
  const way = strokes.reduce((total, stroke) => total + wayOf(stroke), 0);
  return way > 40;
}

function wayOf(stroke: Stroke): number {
  return stroke.slice(1).reduce((total, { x, y }, at) => total + Math.hypot(x - stroke[at]!.x, y - stroke[at]!.y), 0);
}

export function asPicture(canvas: HTMLCanvasElement): Promise<Blob> {
  return encoded(canvas, "image/png");
}
