// The groups of a big directory: the server gathers them, and the map asks for the marks of what it shows.
// While an answer is on its way the marks that are known stay, so that a move never empties the map.
import type { Box, Mark, Marks } from './marks.ts';
import { toGroupPlace } from './places.ts';

type Named = readonly [name: string, slug: string, where: string];
/** As server/features/finder/map-groups.ts writes them. */
export interface Gathered {
  readonly clusters: readonly (readonly [
    lat: number,
    lng: number,
    count: number,
    opensAt: number,
    id: number,
  ])[];
  readonly spots: readonly (readonly [lat: number, lng: number, groups: readonly Named[]])[];
}

export function toMarks({ clusters, spots }: Gathered): Mark[] {
  return [
    ...clusters.map(([lat, lng, count, opensAt, id]): Mark => {
      const key = `group cluster ${id}`;
      return { key, kind: 'cluster', of: 'group', count, opensAt, lat, lng };
    }),
    ...spots.flatMap(([lat, lng, groups]): Mark[] => {
      const places = groups.map((named) => toGroupPlace(named, lat, lng));
      const [first] = places;
      if (!first) return [];
      const key = `group ${first.slug}`;
      return places.length === 1
        ? [{ key, kind: 'group', place: first, lat, lng }]
        : [{ key: `${key} and others`, kind: 'stack', places, lat, lng }];
    }),
  ];
}

/** The box with as much again around it, to a tenth of a degree, so that small moves ask nothing. */
function widened([west, south, east, north]: Box): Box {
  const [across, up] = [(east - west) / 4, (north - south) / 4];
  const out = (degrees: number): number => Math.round(degrees * 10) / 10;
  return [
    out(Math.max(-200, west - across)),
    out(Math.max(-90, south - up)),
    out(Math.min(200, east + across)),
    out(Math.min(90, north + up)),
  ];
}

const covers = (outer: Box, inner: Box): boolean =>
  outer[0] <= Math.max(-200, inner[0]) &&
  outer[1] <= Math.max(-90, inner[1]) &&
  outer[2] >= Math.min(200, inner[2]) &&
  outer[3] >= Math.min(90, inner[3]);

/** The marks of a view, as the server gives them for the one that most maps show first. */
export interface FirstView {
  readonly box: Box;
  readonly zoom: number;
  readonly marks: Gathered;
}

/** `arrived` is called when marks have come that `within` did not give before. */
export function gatheredGroups(address: string, first: FirstView, arrived: () => void): Marks {
  let known: { box: Box; zoom: number; marks: readonly Mark[] } = {
    ...first,
    marks: toMarks(first.marks),
  };
  let asking: AbortController | undefined;

  async function ask(box: Box, zoom: number): Promise<void> {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${address}?box=${box.join()}&zoom=${zoom}`, { signal });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
      known = { box, zoom, marks: toMarks((await answer.json()) as Gathered) };
      arrived();
    } catch (error) {
      if (!signal.aborted) console.error('The groups of this view could not be loaded.', error);
    }
  }

  return {
    within(box, zoom) {
      const whole = Math.floor(zoom);
      if (known.zoom !== whole || !covers(known.box, box)) void ask(widened(box), whole);
      return known.marks.filter(
        ({ lat, lng }) => lat >= box[1] && lat <= box[3] && lng >= box[0] && lng <= box[2],
      );
    },
  };
}
