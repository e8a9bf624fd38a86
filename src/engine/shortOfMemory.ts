/** Whether a failure is for want of memory: an array that cannot be had, or onnxruntime's own words for it. */
export function isShortOfMemory(error: unknown): boolean {
  if (error instanceof RangeError)
    return /array buffer allocation|invalid (?:typed )?array (?:buffer )?length/i.test(error.message);
  return (
    error instanceof Error &&
    /bad[_ ]?alloc|bad array new length|out of memory|failed to allocate|not enough memory/i.test(error.message)
  );
}
