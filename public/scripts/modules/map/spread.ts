// Pushes marks apart that would cover each other, as little as it takes. Positions are pixels.
// Needs no page.

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** How hard it is to push: a heavy mark stays nearer to its place than a light one. */
  readonly weight: number;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

interface Moving extends Disc {
  nowX: number;
  nowY: number;
}

/** Pairs of discs close enough to touch, found by a grid as wide as the widest pair. */
function* nearPairs(discs: readonly Moving[], reach: number): Generator<[Moving, Moving]> {
  const cells = new Map<string, Moving[]>();
  for (const disc of discs) {
    const column = Math.floor(disc.nowX / reach);
    const row = Math.floor(disc.nowY / reach);
    for (let left = column - 1; left <= column + 1; left += 1) {
      for (let top = row - 1; top <= row + 1; top += 1) {
        for (const other of cells.get(`${left} ${top}`) ?? []) yield [other, disc];
      }
    }
    const own = `${column} ${row}`;
    const cell = cells.get(own);
    if (cell) cell.push(disc);
    else cells.set(own, [disc]);
  }
}

/** Moves both of a pair until they touch without overlapping; says whether it had to. */
function part(a: Moving, b: Moving, turn: number): boolean {
  const wanted = a.radius + b.radius;
  let dx = b.nowX - a.nowX;
  let dy = b.nowY - a.nowY;
  let distance = Math.hypot(dx, dy);
  if (distance >= wanted - 0.25) return false;
  if (distance < 0.01) {
    // On one spot there is no direction to go: each pair takes another one, always the same.
    dx = Math.cos(turn * 2.4);
    dy = Math.sin(turn * 2.4);
    distance = 1;
  }
  const overlap = wanted - Math.hypot(b.nowX - a.nowX, b.nowY - a.nowY);
  const share = b.weight / (a.weight + b.weight);
  const [unitX, unitY] = [dx / distance, dy / distance];
  a.nowX -= unitX * overlap * share;
  a.nowY -= unitY * overlap * share;
  b.nowX += unitX * overlap * (1 - share);
  b.nowY += unitY * overlap * (1 - share);
  return true;
}

/**
 * New places for the discs, in the same order, so that none covers another.
 * Same input, same output. Gives up after `rounds` rounds, with what is reached by then.
 */
export function spread(discs: readonly Disc[], rounds = 120): Position[] {
  const moving: Moving[] = discs.map((disc) => ({ ...disc, nowX: disc.x, nowY: disc.y }));
  const reach = 2 * Math.max(1, ...discs.map((disc) => disc.radius));
  for (let round = 0; round < rounds; round += 1) {
    let moved = false;
    let turn = 0;
    for (const [a, b] of nearPairs(moving, reach)) {
      turn += 1;
      if (part(a, b, turn)) moved = true;
    }
    if (!moved) break;
  }
  return moving.map(({ nowX, nowY }) => ({ x: nowX, y: nowY }));
}
