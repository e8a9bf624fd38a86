/**
 * How far logits are to be believed. Those of n tokens whose standard deviation over the labels is s are divided by `atLongest`
 * times (`longest` / n) ^ `byLength` times s ^ `byDeviation`, where n is at most `longest`: a mean over few tokens says less,
 * and logits far apart promise more than they keep.
 */
export interface Temperature {
  readonly longest: number;
  readonly atLongest: number;
  readonly byLength: number;
  readonly byDeviation: number;
}

/**
 * The scores [L], 0 to 1, that the logits [L] of a text of `tokens` tokens stand for: their softmax at the head's temperature, 1
 * for a head whose card names none. It is one of Guo et al. ("On Calibration of Modern Neural Networks", ICML 2017), of logits
 * normalized in part, which Wei et al. ("Mitigating Neural Network Overconfidence with Logit Normalization", ICML 2022) do
 * altogether.
 */
export function scoresOf(logits: Float32Array, tokens: number, temperature?: Temperature): Float32Array {
  if (!temperature) return softmax(logits);
  const { longest, atLongest, byLength, byDeviation } = temperature;
  const length = Math.min(Math.max(tokens, 1), longest);
  const divisor = atLongest * (longest / length) ** byLength * deviation(logits) ** byDeviation;
  return softmax(logits.map((logit) => logit / divisor));
}

/** The standard deviation, and never 0: logits that are all alike stay so. */
function deviation(logits: Float32Array): number {
  const mean = logits.reduce((a, b) => a + b, 0) / logits.length;
  return Math.max(Math.sqrt(logits.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logits.length), 1e-6);
}

/** Numerically stable. */
function softmax(logits: Float32Array): Float32Array {
  const max = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exps = Float64Array.from(logits, (x) => Math.exp(x - max));
  const sum = exps.reduce((a, b) => a + b, 0);
  return Float32Array.from(exps, (x) => x / sum);
}
