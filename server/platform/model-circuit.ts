import "server-only";

import type { ModelClock } from "#server/platform/model-clock.ts";
import type { ModelFailure } from "#server/platform/model-failures.ts";
import { CIRCUIT_OPEN_MS, CIRCUIT_TRIAL_MS } from "#server/platform/model-limits.ts";

export type ModelCircuit = {
  /** Why no call may be made now, null = go. Once the pause is over one call at a time is let through to try. */
  readonly heldBy: () => ModelFailure | null;
  /** The service refused this key for everybody: no money, no rights. */
  readonly open: (failure: ModelFailure) => void;
  /** The service dealt with a call of this key, well or badly. */
  readonly close: () => void;
};

/** Keeps all clubs from asking a service that has said no to the key they share, so that people take over at once. */
export const createModelCircuit = ({ nowMs }: Pick<ModelClock, "nowMs">): ModelCircuit => {
  let cause: ModelFailure | null = null;
  let heldUntilMs = 0;
  return {
    heldBy: () => {
      if (cause === null || nowMs() < heldUntilMs) {
        return cause;
      }
      heldUntilMs = nowMs() + CIRCUIT_TRIAL_MS;
      return null;
    },
    open: (failure) => {
      cause = failure;
      heldUntilMs = nowMs() + CIRCUIT_OPEN_MS;
    },
    close: () => {
      cause = null;
    },
  };
};
