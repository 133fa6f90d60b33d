/** Where the name of a mark stands: beside it, under it or over it, on no other name and no other mark. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const HEIGHT = 16;
const EDGE = 2;
const GAP = 5;

/** The first free place; without one nowhere, unless it must be shown: then wherever it is inside of the map. */
export function labelPlace(
  { x, y, r }: { x: number; y: number; r: number }, width: number, mapWidth: number, taken: readonly Box[],
  { isLeft = false, isForced = false } = {},
): Box | undefined {
  const [right, left] = [{ x: x + r + GAP, y: y - HEIGHT / 2 }, { x: x - r - GAP - width, y: y - HEIGHT / 2 }];
  const places = [...(isLeft ? [left, right] : [right, left]), { x: x - width / 2, y: y + r + 3 }, { x: x - width / 2, y: y - r - 3 - HEIGHT }]
    .map((place) => ({ ...place, width, height: HEIGHT }));
  const inside = places.filter((box) => box.x >= EDGE && box.x + width <= mapWidth - EDGE);
  return inside.find((box) => !taken.some((other) => overlap(box, other))) ?? (isForced ? inside[0] : undefined);
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
