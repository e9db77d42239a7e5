import { ConnectorError, HttpFailure } from "../errors.ts";

type Call = {
  /** The vendor as people know it. */
  readonly vendor: string;
  /** Whether the call may have changed something: then no answer means an unknown outcome. */
  readonly isAct: boolean;
};

/**
 * What a call without an answer means. A refusal of our own (pace, pause, address) passes through: nothing was sent.
 * `readText` failures (`too_large`) come after the vendor has acted, so an act stays unknown.
 */
export const failureWithoutAnswer = (error: unknown, { vendor, isAct }: Call): ConnectorError => {
  if (error instanceof ConnectorError) {
    return error;
  }
  const isUnsent = error instanceof HttpFailure && error.kind === "not_sent";
  if (isAct && !isUnsent) {
    return new ConnectorError("outcome_unknown", `${vendor} did not confirm`, { cause: error });
  }
  if (error instanceof HttpFailure && error.kind === "too_large") {
    return new ConnectorError("malformed", `${vendor} answered with far too much`, { cause: error });
  }
  return new ConnectorError("unavailable", `${vendor} cannot be reached`, { cause: error });
};

/** `undefined` for anything that is not JSON; each schema refuses that. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
