/** Every way in which a call to a vendor can fail; the kind alone says whether trying again is safe. */
export const CONNECTOR_FAILURES = ["unauthorized", "throttled", "rejected", "unavailable", "outcome_unknown", "malformed"] as const;

export type ConnectorFailure = (typeof CONNECTOR_FAILURES)[number];

type Options = { readonly retryAfterSeconds?: number | undefined; readonly code?: string | undefined; readonly cause?: unknown };

/**
 * The one error a connector throws. The message is safe to show to people.
 *
 * `unauthorized` the vendor no longer knows the credentials · `throttled` nothing happened, try after
 * `retryAfterSeconds` · `rejected` nothing happened and the same call will never succeed · `unavailable` nothing
 * happened, try later · `outcome_unknown` it may have happened: never try again without reading back ·
 * `malformed` the vendor answered in a shape that is not understood.
 */
export class ConnectorError extends Error {
  readonly kind: ConnectorFailure;
  /** Present only with `throttled` and `unavailable`, when the vendor named a time. */
  readonly retryAfterSeconds: number | undefined;
  /** The vendor's own code, for logs and support; never needed to decide. */
  readonly code: string | undefined;

  constructor(kind: ConnectorFailure, message: string, options: Options = {}) {
    super(message, { cause: options.cause });
    this.name = "ConnectorError";
    this.kind = kind;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.code = options.code;
  }
}

/** How a request ended that brought no answer. */
export type HttpFailureKind = "not_sent" | "timed_out" | "aborted" | "broken" | "too_large";

/**
 * What a `ConnectorHttp` throws when there is no answer. `not_sent` means that no byte reached the vendor
 * (refused connection, unknown host, an address we do not call); with every other kind the vendor may have acted.
 */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind;

  constructor(kind: HttpFailureKind, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "HttpFailure";
    this.kind = kind;
  }
}
