/** Chosen by us: whoever needs more rounds than this is going in circles. */
export const RUN_MAX_MODEL_CALLS = 8;
/** Chosen by us: a member waits no longer for a machine. */
export const RUN_MAX_SECONDS = 60;
/** Chosen by us: what one answer may ask for at once. */
export const TOOL_REQUESTS_MAX = 5;

export type RunSoFar = {
  readonly modelCallCount: number;
  readonly startedAt: Date;
  readonly now: Date;
  /** Millionths of a US dollar. */
  readonly costMicros: number;
  readonly costLimitMicros: number;
};

/** What is left of the time a run may take, from 0. */
export const timeLeftMs = ({ now, startedAt }: Pick<RunSoFar, "now" | "startedAt">): number =>
  Math.max(0, RUN_MAX_SECONDS * 1_000 - (now.getTime() - startedAt.getTime()));

/** Whether a run may call the model once more. */
export const mayCallModel = (run: RunSoFar): boolean =>
  run.modelCallCount < RUN_MAX_MODEL_CALLS && timeLeftMs(run) > 0 && (run.modelCallCount === 0 || run.costMicros < run.costLimitMicros);

type Asked = { readonly name: string; readonly argumentsHash: string };

/** The model asks for what it has been told already, or for too much at once: it would go on for ever. */
export const isGoingInCircles = (requests: readonly Asked[], earlier: readonly Asked[]): boolean =>
  requests.length > TOOL_REQUESTS_MAX ||
  requests.some((request) => earlier.some(({ name, argumentsHash }) => name === request.name && argumentsHash === request.argumentsHash));
