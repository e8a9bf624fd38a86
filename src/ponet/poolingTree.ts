/**
 * How the maximum over each segment is taken in dense steps that every execution provider runs well. Level 1 takes
 * the maxima of runs of 8 tokens, each later level the maxima of runs of the one before, until a segment is one row.
 * Runs are filled up by repeating their last member, since a maximum does not mind. A long segment needs more levels,
 * a short one is done early: so no table grows with (segments x longest segment).
 */
export interface PoolingTree {
  /** Per level [rows, width]: which rows of the level before (of the tokens, for the first) each row is the maximum of. */
  readonly levels: readonly { readonly rows: number; readonly width: number; readonly table: Int32Array }[];
  /** [S] The segments found, in order of first appearance. */
  readonly segments: Int32Array;
  /** [S] Each one's maximum, as a row of all levels stacked. */
  readonly rows: Int32Array;
  /** [T] Each token's segment, as an index into `segments`. */
  readonly indices: Int32Array;
}

/** Tokens in a run of level 1. */
export const RUN_TOKENS = 8;

/** Widths of all levels but the last, which takes whatever is left: segments of up to 128 tokens need no more. */
const WIDTHS = [RUN_TOKENS, 16];

/** Levels in every tree: a graph is built before its segments are known. */
export const TREE_LEVELS = WIDTHS.length + 1;

/** Plans the segment maxima of T tokens. @param segmentIds [T] Tokens with equal ids share a segment, wherever they stand. */
export function poolingTree(segmentIds: Int32Array): PoolingTree {
  const { segments, indices, members } = groupTokens(segmentIds);
  const rowOf = new Int32Array(segments.length);
  const levels: { rows: number; width: number; table: Int32Array }[] = [];
  let open = members.map((rows, segment) => ({ segment, rows }));
  let base = 0;
  for (let level = 0; level < TREE_LEVELS; level++) {
    const width = WIDTHS[level] ?? open.reduce((most, { rows }) => Math.max(most, rows.length), 1);
    const { table, next, rows } = reduceLevel(open, width);
    levels.push({ rows, width, table });
    for (const { segment, rows } of next) if (rows.length === 1) rowOf[segment] = base + (rows[0] ?? 0);
    open = next.filter(({ rows }) => rows.length > 1);
    base += rows;
  }
  return { levels, segments: Int32Array.from(segments), rows: rowOf, indices };
}

interface OpenSegment {
  readonly segment: number;
  /** Rows of the level before that are still to be reduced. */
  readonly rows: readonly number[];
}

function groupTokens(segmentIds: Int32Array) {
  const indices = new Int32Array(segmentIds.length);
  const segments: number[] = [];
  const members: number[][] = [];
  const indexOf = new Map<number, number>();
  segmentIds.forEach((id, token) => {
    let index = indexOf.get(id);
    if (index === undefined) {
      index = segments.push(id) - 1;
      members.push([]);
      indexOf.set(id, index);
    }
    indices[token] = index;
    members[index]?.push(token);
  });
  return { segments, indices, members };
}

function reduceLevel(open: readonly OpenSegment[], width: number) {
  const runs = open.reduce((sum, { rows }) => sum + Math.ceil(rows.length / width), 0);
  // Never empty: a level nobody needs keeps one row that reads row 0 and is read by none.
  const rows = Math.max(runs, 1);
  const table = new Int32Array(rows * width);
  let row = 0;
  const next = open.map(({ segment, rows: members }) => {
    const made: number[] = [];
    for (let first = 0; first < members.length; first += width) {
      const last = Math.min(first + width, members.length) - 1;
      for (let j = 0; j < width; j++) table[row * width + j] = members[Math.min(first + j, last)] ?? 0;
      made.push(row++);
    }
    return { segment, rows: made };
  });
  return { table, next, rows };
}
