/** An answer of the API that is no message. Thrown inside the stand-in, turned into a response at its edge. */
export class ApiFault extends Error {
  readonly status: number;
  readonly type: string;
  readonly details: Readonly<Record<string, string>> | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    extra: { readonly errorCode?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.type = TYPES[status] ?? "api_error";
    this.details = extra.errorCode === undefined ? null : { error_code: extra.errorCode };
    this.headers = extra.headers ?? {};
  }

  toBody(requestId: string): object {
    const error = { type: this.type, message: this.message, ...(this.details === null ? {} : { details: this.details }) };
    return { type: "error", error, request_id: requestId };
  }
}

export const invalid = (message: string, extra: { errorCode?: string } = {}): ApiFault => new ApiFault(400, message, extra);

const TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  409: "conflict_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  504: "timeout_error",
  529: "overloaded_error",
};
