/** Every way in which a call to a vendor can fail; the kind alone says whether trying again is safe. */
export const CONNECTOR_FAILURES = ["unauthorized", "throttled", "rejected", "unavailable", "outcome_unknown", "malformed"] as const;

export type ConnectorFailure = (typeof CONNECTOR_FAILURES)[number];

/** Why a vendor refused, where we act on the reason. */
export const REJECTIONS = [
  /** The person has told the vendor to stop: a suppression of ours. */
  "opted_out",
  /** Nothing can ever be delivered there. */
  "invalid_address",
  /** The account may not do this: permissions, registration, credit. */
  "not_allowed",
  "not_found",
  /** The place was free and is not any more. */
  "taken",
  "other",
] as const;

export type Rejection = (typeof REJECTIONS)[number];

type Options = {
  /** With `rejected` only. */
  readonly reason?: Rejection;
  readonly retryAfterSeconds?: number | undefined;
  readonly code?: string | undefined;
  readonly cause?: unknown;
};

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
  /** Why, when it is `rejected`; `other` where the vendor's reason changes nothing for us. */
  readonly reason: Rejection;

  constructor(kind: ConnectorFailure, message: string, options: Options = {}) {
    super(message, { cause: options.cause });
    this.name = "ConnectorError";
    this.kind = kind;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.code = options.code;
    this.reason = options.reason ?? "other";
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
