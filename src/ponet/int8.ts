/**
 * What int8 weights [rows, columns] stand for, row-major: each times the scale of its row.
 * @param scales [rows]
 */
export function widenInt8(weights: Int8Array, scales: Float32Array): Float32Array {
  const values = new Float32Array(weights.length);
  const columns = weights.length / scales.length;
  let at = 0;
  for (const scale of scales) {
    for (const end = at + columns; at < end; at++) values[at] = (weights[at] ?? 0) * scale;
  }
  return values;
}

/**
 * The int8 weights of at most `largest` and the scales of their rows that come nearest to weights [rows, columns]; see
 * {@link widenInt8}.
 */
export function narrowToInt8(
  values: Float32Array,
  rows: number,
  largest = 127,
): { weights: Int8Array; scales: Float32Array } {
  const columns = values.length / rows;
  const weights = new Int8Array(values.length);
  const scales = Float32Array.from({ length: rows }, (_, row) => {
    const ofRow = values.subarray(row * columns, (row + 1) * columns);
    const most = ofRow.reduce((greatest, x) => Math.max(greatest, Math.abs(x)), 0);
    // That of a row with a NaN is NaN: broken weights stay broken.
    const scale = most === 0 ? 1 : most / largest;
    weights.set(
      ofRow.map((x) => Math.round(x / scale)),
      row * columns,
    );
    return scale;
  });
  return { weights, scales };
}
