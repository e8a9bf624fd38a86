import { listSupportedBackends } from "onnxruntime-node";
import { EXECUTION_PROVIDERS, type ExecutionProvider } from "../analysis/analysis";
import { firstLine, UserError } from "../errors";
import type { PoNetConfig } from "../ponet/config";
import type { Batch } from "../ponet/inputs";
import { Session } from "../ponet/session";

/** GPU providers in the order in which `auto` tries them. */
const GPU_PROVIDERS: Partial<Record<NodeJS.Platform, readonly ExecutionProvider[]>> = {
  win32: ["dml", "webgpu"],
  darwin: ["coreml", "webgpu"],
  linux: ["cuda", "webgpu"],
};

/** Largest deviation from the CPU, relative to the largest value of the tensor, that counts as rounding. */
const SELF_TEST_TOLERANCE = 1e-3;

/** A session and how it came to run where it does. */
export interface OpenedSession {
  readonly session: Session;
  readonly provider: ExecutionProvider;
  /** Why each provider that was tried is not the one; a sentence each. */
  readonly notes: readonly string[];
}

export interface ProviderRequest {
  readonly provider: ExecutionProvider | "auto";
  /** Not to be tried: they crashed the process before. */
  readonly excluded: readonly ExecutionProvider[];
  /** Called before a provider other than the CPU is tried. */
  readonly onTry: (provider: ExecutionProvider) => void;
}

/**
 * Opens `graph` on the provider asked for; `auto` takes the first GPU provider whose numbers agree with the CPU's.
 * @throws UserError when a provider asked for by name does not work here; it says which do.
 */
export async function openSession(
  config: PoNetConfig,
  graph: Uint8Array,
  request: ProviderRequest,
): Promise<OpenedSession> {
  if (request.provider === "cpu")
    return { session: await Session.create(config, graph, "cpu"), provider: "cpu", notes: [] };
  const cpu = await Session.create(config, graph, "cpu");
  const supported = supportedProviders();
  const candidates = request.provider === "auto" ? (GPU_PROVIDERS[process.platform] ?? []) : [request.provider];
  const notes: string[] = [];
  for (const provider of candidates.filter((name) => supported.includes(name))) {
    const attempt = request.excluded.includes(provider)
      ? "it crashed the engine before"
      : await tryProvider(config, graph, provider, cpu, request.onTry);
    if (attempt instanceof Session) {
      await cpu.release();
      return { session: attempt, provider, notes };
    }
    notes.push(`The execution provider "${provider}" is not used: ${attempt}.`);
  }
  if (request.provider === "auto") return { session: cpu, provider: "cpu", notes };
  const working = await workingProviders(config, graph, request, cpu);
  await cpu.release();
  const reason = notes[0] ?? `The execution provider "${request.provider}" is not part of this build.`;
  throw new UserError(
    `${reason} Set "ponet.executionProvider" to one that works on this machine: ${working.join(", ")}.`,
  );
}

/** The providers this build of onnxruntime knows; one listed may still find no device. */
function supportedProviders(): ExecutionProvider[] {
  const names = listSupportedBackends().map(({ name }) => name);
  return EXECUTION_PROVIDERS.filter((provider) => names.includes(provider));
}

/** The session when the provider opens and computes what the CPU does, else what was wrong. */
async function tryProvider(
  config: PoNetConfig,
  graph: Uint8Array,
  provider: ExecutionProvider,
  cpu: Session,
  onTry: (provider: ExecutionProvider) => void,
): Promise<Session | string> {
  onTry(provider);
  let session: Session | undefined;
  try {
    session = await Session.create(config, graph, provider);
    if (await agree(config, session, cpu)) return session;
    await session.release();
    return "its numbers differ from the CPU's";
  } catch (error) {
    await session?.release();
    return reason(error);
  }
}

async function workingProviders(config: PoNetConfig, graph: Uint8Array, request: ProviderRequest, cpu: Session) {
  const working: ExecutionProvider[] = ["cpu"];
  const others = supportedProviders().filter((name) => name !== "cpu" && name !== request.provider);
  for (const provider of others.filter((name) => !request.excluded.includes(name))) {
    const attempt = await tryProvider(config, graph, provider, cpu, request.onTry);
    if (!(attempt instanceof Session)) continue;
    working.push(provider);
    await attempt.release();
  }
  return working;
}

/** Whether two sessions give the same outputs on a small document. */
async function agree(config: PoNetConfig, session: Session, cpu: Session): Promise<boolean> {
  const batch = selfTestBatch(config);
  const expected = await cpu.run(batch);
  const actual = await session.run(batch);
  return [...expected].every(([name, values]) => {
    const others = actual.get(name);
    const scale = values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1e-3);
    return values.every((x, i) => Math.abs(x - (others?.[i] ?? NaN)) <= SELF_TEST_TOLERANCE * scale);
  });
}

/** [CLS], 46 tokens spread over the vocabulary in three segments, [SEP]. */
function selfTestBatch({ vocabSize, special }: PoNetConfig): Batch {
  const length = 48;
  const ids = Int32Array.from({ length }, (_, i) => (i * 7919) % vocabSize);
  const segmentIds = Int32Array.from({ length }, (_, i) => 1 + Math.floor(i / 16));
  if (special) {
    ids[0] = special.cls;
    ids[length - 1] = special.sep;
    segmentIds[0] = 0;
    segmentIds[length - 1] = length;
  }
  return { batch: 1, length, ids, segmentIds };
}

/** What onnxruntime says went wrong, without the place in its source where it noticed. */
function reason(error: unknown): string {
  return firstLine(error).replace(/^(?:.* was false\. |OrtSessionOptions\w+: )/, "");
}
