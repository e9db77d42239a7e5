import { ConnectorError } from "../errors.ts";
import type { FetchedFile } from "../files.ts";
import type { ConnectorContext } from "../ports.ts";
import { failureWithoutAnswer } from "./failure.ts";
import { asFailure } from "./fetch-http.ts";

/** Chosen by us: somebody waits in front of the picture. */
const FILE_TIMEOUT_MS = 15_000;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

type Ask = {
  /** The vendor as people know it. */
  readonly vendor: string;
  readonly url: URL;
  /** Of the first address alone: whoever keeps the bytes for the vendor gets no credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the vendor may send us on to this place, once. */
  readonly mayLeadTo: (url: URL) => boolean;
  readonly maxBytes: number;
};

/** A file of a vendor as bytes, over the connection's guarded road. */
export const fetchFile = async (context: Pick<ConnectorContext, "fetch" | "signal">, ask: Ask): Promise<FetchedFile> => {
  const timeout = AbortSignal.timeout(FILE_TIMEOUT_MS);
  const signal = context.signal === undefined ? timeout : AbortSignal.any([timeout, context.signal]);
  const get = (url: URL, headers: Ask["headers"]): Promise<Response> => context.fetch(url, { headers, redirect: "manual", signal });
  try {
    const first = await get(ask.url, ask.headers);
    const next = REDIRECTS.has(first.status) ? URL.parse(first.headers.get("location") ?? "", ask.url) : null;
    if (next === null) {
      return await read(first, ask);
    }
    await first.body?.cancel();
    if (!ask.mayLeadTo(next)) {
      throw new ConnectorError("rejected", `${ask.vendor} keeps the file where Spotter does not call`, { reason: "not_allowed" });
    }
    return await read(await get(next, {}), ask);
  } catch (error) {
    throw failureWithoutAnswer(asFailure(error, timeout.aborted), { vendor: ask.vendor, isAct: false });
  }
};

const read = async (response: Response, { maxBytes, vendor }: Ask): Promise<FetchedFile> => {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw refusalOf(response.status, vendor);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new ConnectorError("rejected", "the file is larger than what is kept");
    }
    chunks.push(chunk);
  }
  return { content: new Uint8Array(Buffer.concat(chunks)), type: response.headers.get("content-type") };
};

const refusalOf = (status: number, vendor: string): ConnectorError => {
  if (status === 404 || status === 410) {
    return new ConnectorError("rejected", `${vendor} keeps the file no more`, { reason: "not_found" });
  }
  if (status === 401 || status === 403) {
    return new ConnectorError("unauthorized", `${vendor} does not hand out the file`);
  }
  return status === 429
    ? new ConnectorError("throttled", `${vendor} asks to slow down`)
    : new ConnectorError("unavailable", `${vendor} does not hand out the file now`);
};
