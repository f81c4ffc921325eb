/** What room there is on the canvas, kept on a coarse grid: asking for a free place costs the same in a full picture. */
import type { Point } from "../state/state.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CELL = 64;

/** Whether any cell of a coarse grid that the box touches is visited with success. */
function someCell(box: Box, visit: (key: number) => boolean): boolean {
  const [right, bottom] = [Math.floor(box.right / CELL), Math.floor(box.bottom / CELL)];
  for (let x = Math.floor(box.left / CELL); x <= right; x++) {
    for (let y = Math.floor(box.top / CELL); y <= bottom; y++) if (visit(x * 4096 + y)) return true;
  }
  return false;
}

/** Boxes that are taken. */
export interface Occupancy {
  readonly isFree: (box: Box) => boolean;
  readonly take: (box: Box) => void;
}

export function createOccupancy(): Occupancy {
  const cells = new Map<number, Box[]>();
  return {
    isFree: (box) =>
      !someCell(box, (key) =>
        (cells.get(key) ?? []).some((o) => box.left < o.right && box.right > o.left && box.top < o.bottom && box.bottom > o.top),
      ),
    take: (box) =>
      void someCell(box, (key) => {
        const cell = cells.get(key);
        if (cell) cell.push(box);
        else cells.set(key, [box]);
        return false;
      }),
  };
}

/** Points that a label had better not lie on. */
export interface Points {
  add(point: Point, weight?: number): void;
  /** Weight of all points within a box. */
  within(box: Box): number;
}

export function createPoints(): Points {
  const cells = new Map<number, number[]>();
  return {
    add: ({ x, y }, weight = 1) => {
      const key = Math.floor(x / CELL) * 4096 + Math.floor(y / CELL);
      const cell = cells.get(key);
      if (cell) cell.push(x, y, weight);
      else cells.set(key, [x, y, weight]);
    },
    within(box) {
      let sum = 0;
      someCell(box, (key) => {
        const cell = cells.get(key) ?? [];
        for (let at = 0; at < cell.length; at += 3) {
          const [x, y] = [cell[at] as number, cell[at + 1] as number];
          if (x > box.left && x < box.right && y > box.top && y < box.bottom) sum += cell[at + 2] as number;
        }
        return false;
      });
      return sum;
    },
  };
}
