/** What the line begins with in which the extension host tells an activation. */
export const MARK = "##activation ";

/** In milliseconds. */
export interface Activation {
  readonly loaded: number;
  readonly activated: number;
  /** Processor time of the whole process meanwhile. */
  readonly cpu: number;
}
