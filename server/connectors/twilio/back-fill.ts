import { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { PollResult } from "../inbox-port.ts";
import type { JsonValue, VendorMessage } from "../ports.ts";
import type { TwilioClient } from "./client.ts";
import { CALLS_PER_POLL, FIRST_POLL_HOURS, OVERLAP_MINUTES, THROTTLED_PAUSE_SECONDS } from "./limits.ts";
import { toVendorMessage } from "./map.ts";

const MINUTE_MS = 60_000;

const Pass = z.object({
  startedAt: z.iso.datetime(),
  /** What came to the number is read first, then what left it. */
  list: z.enum(["inbound", "outbound"]),
  /** The vendor's address of the next page; `null` = the first. */
  nextPage: z.string().nullable(),
  /** Read in this pass and young enough to be listed again by the next one. */
  seen: z.array(z.string()),
});

/**
 * How far a number has been read. A pass walks both lists back to `since`, newest first; it may take several polls, and
 * `since` moves to the start of the pass (our clock) only when all of it is read.
 */
const Cursor = z.object({
  version: z.literal(1),
  since: z.iso.datetime(),
  /** What the last pass brought of the stretch that every pass reads again. */
  seen: z.array(z.string()),
  pass: Pass.nullable(),
});

type Pass = z.infer<typeof Pass>;
type Cursor = z.infer<typeof Cursor>;

type Input = {
  readonly client: TwilioClient;
  readonly phoneNumber: string;
  readonly cursor: JsonValue;
  readonly limit: number;
  readonly now: Date;
};

/**
 * Fetches what no webhook brought, and what staff wrote in the vendor's console. New messages push the lists down while
 * they are read: the next page then repeats one, and drops none. A failure in the middle keeps what was read up to there;
 * a failure of the first call is thrown.
 */
export const backFill = async (input: Input): Promise<PollResult> => {
  const cursor = readCursor(input);
  const known = new Set(cursor.seen);
  const messages = new Map<string, VendorMessage>();
  let step: Omit<Step, "messages"> = { pass: cursor.pass ?? startPass(input.now), isLast: false };
  let interruption: unknown = null;
  for (let calls = 0; calls < CALLS_PER_POLL && messages.size < input.limit && !step.isLast; calls += 1) {
    try {
      const next = await advance(input, { cursor, pass: step.pass });
      next.messages.filter(({ externalId }) => !known.has(externalId)).forEach((message) => messages.set(message.externalId, message));
      step = next;
    } catch (error) {
      if (calls === 0) {
        return restartOrThrow(error, { cursor, pass: step.pass });
      }
      interruption = error;
      break;
    }
  }
  const { pass, isLast } = step;
  return {
    messages: [...messages.values()].toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime()),
    cursor: isLast ? { version: 1, since: pass.startedAt, seen: pass.seen, pass: null } : { ...cursor, pass },
    unchanged: messages.size === 0,
    more: !isLast,
    ...waitAfter(interruption),
  };
};

const startPass = (now: Date): Pass => ({ startedAt: now.toISOString(), list: "inbound", nextPage: null, seen: [] });

const readCursor = ({ cursor, now }: Input): Cursor => {
  if (cursor === null) {
    return { version: 1, since: new Date(now.getTime() - FIRST_POLL_HOURS * 60 * MINUTE_MS).toISOString(), seen: [], pass: null };
  }
  const parsed = Cursor.safeParse(cursor);
  if (!parsed.success) {
    throw new ConnectorError("malformed", "the reading position of this connection is damaged", { cause: parsed.error });
  }
  return parsed.data;
};

type Step = { readonly messages: readonly VendorMessage[]; readonly pass: Pass; readonly isLast: boolean };

/** One call: the next page of the list being read. */
const advance = async (input: Input, { cursor, pass }: { readonly cursor: Cursor; readonly pass: Pass }): Promise<Step> => {
  const from = new Date(Date.parse(cursor.since) - OVERLAP_MINUTES * MINUTE_MS);
  const page = await input.client.listMessages({
    ...(pass.list === "inbound" ? { to: input.phoneNumber } : { from: input.phoneNumber }),
    dateSentAfter: from,
    nextPage: pass.nextPage,
  });
  // The vendor's own answers to STOP and HELP are listed as replies of the number; nobody of the club has written them.
  const messages = page.messages
    .filter(({ direction }) => direction !== "outbound-reply")
    .map((message) => toVendorMessage(message, input.phoneNumber));
  const againFrom = Date.parse(pass.startedAt) - OVERLAP_MINUTES * MINUTE_MS;
  const seen = [
    ...new Set([...pass.seen, ...messages.filter(({ sentAt }) => sentAt.getTime() >= againFrom).map(({ externalId }) => externalId)]),
  ];
  // The vendor documents its filter by day only, so a page that is older throughout ends the list as well.
  const isOlder = messages.length > 0 && messages.every(({ sentAt }) => sentAt < from);
  const nextPage = isOlder ? null : page.nextPage;
  const isListRead = nextPage === null;
  return {
    messages: messages.filter(({ sentAt }) => sentAt >= from),
    pass: { ...pass, seen, nextPage, list: isListRead ? "outbound" : pass.list },
    isLast: isListRead && pass.list === "outbound",
  };
};

const waitAfter = (error: unknown): { retryAfterSeconds?: number } => {
  if (!(error instanceof ConnectorError) || (error.kind !== "throttled" && error.retryAfterSeconds === undefined)) {
    return {};
  }
  return { retryAfterSeconds: error.retryAfterSeconds ?? THROTTLED_PAUSE_SECONDS };
};

/** The address of a page may die while we are away; then the pass begins anew, and what it had read is only read again. */
const restartOrThrow = (error: unknown, { cursor, pass }: { readonly cursor: Cursor; readonly pass: Pass }): PollResult => {
  if (pass.nextPage === null || !(error instanceof ConnectorError) || error.kind !== "rejected") {
    throw error;
  }
  return { messages: [], cursor: { ...cursor, pass: null }, unchanged: true, more: true };
};
