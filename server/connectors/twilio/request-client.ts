import twilio from "twilio";
import type { z } from "zod";

import { failureWithoutAnswer, parseJson } from "../_shared/failure.ts";
import { ConnectorError } from "../errors.ts";
import type { ConnectorContext, HttpResponse } from "../ports.ts";
import { ANSWER_MAX_BYTES, BASE_URL, READ_TIMEOUT_MS, SEND_TIMEOUT_MS } from "./limits.ts";
import { throwUnlessOk } from "./refusals.ts";
import { AccountBody, MessageBody, MessagePageBody } from "./schemas.ts";

type Options<TData> = Parameters<typeof twilio.RequestClient.prototype.request<TData>>[0];
type Answer<TData> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<TData>>>;

/**
 * The SDK's way to the world, through the connection's own network. Whatever address the SDK asks for, region and next
 * page included, the call goes to one origin, so that the token reaches nobody else. Answers are checked here, on the
 * vendor's own words: the SDK takes a missing list for an empty one and a missing date for now.
 */
export class ContextRequestClient extends twilio.RequestClient {
  readonly #context: ConnectorContext;
  /** What the last answer gave as the vendor's time. */
  vendorClockAt: Date | null = null;

  constructor(context: ConnectorContext) {
    super();
    this.#context = context;
  }

  override async request<TData>(options: Options<TData>): Promise<Answer<TData>> {
    const isAct = options.method !== "get";
    const url = addressOf(this.#context, options);
    const response = await this.#call({ url, options, isAct });
    this.vendorClockAt = instantOf(response.headers.get("date"));
    throwUnlessOk(response, isAct);
    const parsed = schemaOf(url, isAct).safeParse(parseJson(response.text));
    if (!parsed.success) {
      throw isAct
        ? // It was accepted: only its id is missing, and the read-back finds that.
          new ConnectorError("outcome_unknown", "Twilio confirmed the text in an unknown shape", { cause: parsed.error })
        : new ConnectorError("malformed", "Twilio answered in an unknown shape", { cause: parsed.error });
    }
    return { statusCode: response.status, body: JSON.parse(response.text), headers: {}, toString: () => `HTTP ${response.status}` };
  }

  async #call<TData>({ url, options, isAct }: { url: URL; options: Options<TData>; isAct: boolean }): Promise<HttpResponse> {
    const basic = Buffer.from(`${options.username ?? ""}:${options.password ?? ""}`).toString("base64");
    try {
      return await this.#context.http({
        method: isAct ? "POST" : "GET",
        url: url.toString(),
        headers: {
          authorization: `Basic ${basic}`,
          accept: "application/json",
          ...(isAct ? { "content-type": "application/x-www-form-urlencoded" } : {}),
        },
        ...(isAct ? { body: formOf(options.data ?? {}).toString() } : {}),
        timeoutMs: isAct ? SEND_TIMEOUT_MS : READ_TIMEOUT_MS,
        maxBytes: ANSWER_MAX_BYTES,
        signal: this.#context.signal,
      });
    } catch (error) {
      throw failureWithoutAnswer(error, { vendor: "Twilio", isAct });
    }
  }
}

const addressOf = <TData>(context: ConnectorContext, options: Options<TData>): URL => {
  const asked = new URL(options.uri);
  const url = new URL(context.settings.baseUrl ?? BASE_URL);
  // Set part by part: a path with two slashes in front would name another host if it were resolved.
  url.pathname = `${url.pathname.replace(/\/$/, "")}${asked.pathname}`;
  url.search = asked.search;
  for (const [name, value] of formOf(options.params ?? {})) {
    url.searchParams.append(name, value);
  }
  return url;
};

/** The SDK hands over plain values and, where a parameter repeats, lists of them. */
const formOf = (values: object): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
      (Array.isArray(value) ? value : [value]).map((one: unknown): [string, string] => [name, String(one)]),
    ),
  );

const schemaOf = ({ pathname }: URL, isAct: boolean): z.ZodType => {
  if (!pathname.endsWith("/Messages.json")) {
    return AccountBody;
  }
  return isAct ? MessageBody : MessagePageBody;
};

const instantOf = (header: string | null): Date | null => {
  const ms = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(ms) ? null : new Date(ms);
};
