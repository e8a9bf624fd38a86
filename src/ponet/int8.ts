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
