/** The demo's grid as a lattice, its first row in the south. Another city ships cells of its own. */
import type { Language } from "@shared/language";
import geometry from "./demo-cells.json";

export interface Cell {
  grid: string;
  area: string;
  column: number;
  row: number;
}

const COLUMNS = geometry.columns;
const COUNT = Math.max(...geometry.areas.map((area) => area.first + area.cells - 1));
const ROWS = Math.ceil(COUNT / COLUMNS);

export const size = { columns: COLUMNS, rows: ROWS };
export const cells: Cell[] = geometry.areas.flatMap((area) =>
  Array.from({ length: area.cells }, (_, place) => cell(area.code, area.first + place)),
);
export const areas = geometry.areas;
/** What their codes begin with. */
export const county = areas[0]!.code.slice(0, 6);
export const nameOf = (code: string, language: Language): string | undefined =>
  geometry.areas.find((area) => area.code === code)?.[language];

function cell(area: string, number: number): Cell {
  const place = number - 1;
  return {
    grid: `${geometry.prefix}${String(number).padStart(3, "0")}`,
    area,
    column: place % COLUMNS,
    row: ROWS - 1 - Math.floor(place / COLUMNS),
  };
}

/** As the services name a cell: area code and grid. */
export const keyOf = (cell: Cell): string => `${cell.area}/${cell.grid}`;

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: COLUMNS, ArrowDown: -COLUMNS };

/** The place that an arrow key leads to; null for other keys and beyond the edge. The first row is the lowest. */
export function beside(place: number, key: string): number | null {
  const to = place + (STEPS[key] ?? COUNT);
  const sameRow = Math.floor(to / COLUMNS) === Math.floor(place / COLUMNS);
  return to < 0 || to >= COUNT || (Math.abs(to - place) === 1 && !sameRow) ? null : to;
}

/** 0 to 4: none, then quarters of the highest. */
export const step = (value: number, highest: number): number =>
  value && highest ? Math.min(4, Math.max(1, Math.ceil((value / highest) * 4))) : 0;
