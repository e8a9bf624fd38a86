/**
 * How the maximum over each segment is taken in dense steps that every execution provider runs well. Level 1 takes
 * the maxima of runs of 8 tokens, each later level the maxima of runs of the one before, until a segment is one row.
 * Runs are filled up by repeating their last member, since a maximum does not mind. A long segment needs more levels,
 * a short one is done early: so no table grows with (segments x longest segment).
 */
export interface PoolingTree {
  /** Per level [rows, width]: which rows of the level before (of the tokens, for the first) each row is the maximum of. */
  readonly levels: readonly { readonly rows: number; readonly width: number; readonly table: Int32Array }[];
  /** [T] Each token's segment maximum, as a row of all levels stacked; the last row stands for "none" and is zero. */
  readonly segmentRow: Int32Array;
  /** [K] The row of each segment that a pooled token reads, in order of first appearance. */
  readonly segments: Int32Array;
}

/** Widths of all levels but the last, which takes whatever is left: segments of up to 2,048 tokens need no more. */
const WIDTHS = [8, 16, 16];

/** Levels in every tree: a graph is built before its segments are known. */
export const TREE_LEVELS = WIDTHS.length + 1;

/**
 * Plans the segment maxima of `segmentIds.length` tokens.
 * @param segmentIds [T] Tokens of one sequence with equal ids share a segment, wherever they stand.
 * @param length Tokens per sequence; segments never span sequences.
 * @param member Whether a token's value counts in its segment's maximum.
 * @param reads Whether a token is given its segment's maximum; the others read zero.
 */
export function poolingTree(
  segmentIds: ArrayLike<number>,
  length: number,
  member: (token: number) => boolean,
  reads: (token: number) => boolean,
): PoolingTree {
  const { segmentOf, members } = groupMembers(segmentIds, length, member);
  const rowOf = new Int32Array(members.length).fill(-1);
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

  const none = base;
  const segmentRow = new Int32Array(segmentIds.length).fill(none);
  const seen = new Set<number>();
  for (let i = 0; i < segmentRow.length; i++) {
    const segment = segmentOf[i] ?? -1;
    if (segment < 0 || !reads(i)) continue;
    segmentRow[i] = rowOf[segment] ?? none;
    seen.add(segment);
  }
  return { levels, segmentRow, segments: Int32Array.from(seen, (segment) => rowOf[segment] ?? none) };
}

interface OpenSegment {
  readonly segment: number;
  /** Rows of the level before that are still to be reduced. */
  readonly rows: readonly number[];
}

/** [T] Each member's segment, numbered by first appearance (-1: not a member), and the members of each segment. */
function groupMembers(segmentIds: ArrayLike<number>, length: number, member: (token: number) => boolean) {
  const segmentOf = new Int32Array(segmentIds.length).fill(-1);
  const members: number[][] = [];
  let numbers = new Map<number, number>();
  for (let i = 0; i < segmentIds.length; i++) {
    if (i % length === 0) numbers = new Map();
    if (!member(i)) continue;
    const id = segmentIds[i] ?? -1;
    let segment = numbers.get(id);
    if (segment === undefined) {
      segment = members.length;
      numbers.set(id, segment);
      members.push([]);
    }
    segmentOf[i] = segment;
    members[segment]?.push(i);
  }
  return { segmentOf, members };
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
