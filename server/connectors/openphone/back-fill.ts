import { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { PollInput, PollResult } from "../inbox-port.ts";
import type { JsonValue, VendorMessage } from "../ports.ts";
import type { OpenPhoneClient } from "./client.ts";
import { CALLS_PER_POLL, FIRST_POLL_HOURS, OVERLAP_MINUTES, SECOND_LOOK_SECONDS, THROTTLED_PAUSE_SECONDS } from "./limits.ts";
import { toVendorMessage } from "./map.ts";

const MINUTE_MS = 60_000;

/**
 * How far a number has been read. A pass walks every conversation that changed after `since`; it may take several
 * polls, and `since` moves to the start of the pass (our clock) only when all of it is read.
 */
const Cursor = z.object({
  version: z.literal(1),
  since: z.iso.datetime(),
  /** What a conversation looked like when it was last read to its end: unchanged ones cost no call. */
  marks: z.record(z.string(), z.string()),
  pass: z
    .object({
      startedAt: z.iso.datetime(),
      /** The next page of conversations; `null` = none left. `""` = the first. */
      pageToken: z.string().nullable(),
      totalItems: z.number().nullable(),
      /** `isKnown`: the last that happened there is a message we have; what it may hide is read when there is time. */
      pending: z.array(
        z.object({ id: z.string(), participants: z.array(z.string()), mark: z.string(), isKnown: z.boolean().default(false) }),
      ),
      /** Where reading the first of `pending` goes on. */
      messageToken: z.string().nullable(),
      /** Set while the list is looked at once more for what is new, and not from where the pass began. */
      looksFrom: z.iso.datetime().nullable().default(null),
      marks: z.record(z.string(), z.string()),
    })
    .nullable(),
});

type Cursor = z.infer<typeof Cursor>;
type Pass = NonNullable<Cursor["pass"]>;

type Input = {
  readonly client: Pick<OpenPhoneClient, "listConversations" | "listMessages">;
  readonly phoneNumberId: string;
  readonly cursor: JsonValue;
  readonly limit: number;
  readonly now: Date;
} & Pick<PollInput, "isCrowded" | "knownOf">;

/**
 * Fetches what no webhook brought: the vendor lists messages per conversation only, so conversations come first.
 * A failure in the middle keeps what was read up to there; a failure of the first call is thrown.
 */
export const backFill = async (input: Input): Promise<PollResult> => {
  const cursor = startPass(readCursor(input), input.now);
  const messages: VendorMessage[] = [];
  let pass = isPutOff(cursor.pass, input) ? { ...cursor.pass, pageToken: "", looksFrom: secondLook(input.now) } : cursor.pass;
  let interruption: unknown = null;
  for (let calls = 0; calls < CALLS_PER_POLL && messages.length < input.limit && !isDone(pass) && !isPutOff(pass, input); calls += 1) {
    try {
      pass = await advance({ input, cursor, pass, messages });
    } catch (error) {
      if (calls === 0) {
        return restartOrThrow({ error, cursor, pass });
      }
      interruption = error;
      break;
    }
  }
  messages.sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
  const isFinished = isDone(pass);
  const isWaiting = isPutOff(pass, input);
  return {
    messages,
    cursor: isFinished ? { version: 1, since: pass.startedAt, marks: pass.marks, pass: null } : { ...cursor, pass },
    unchanged: messages.length === 0 && !isWaiting,
    more: !isFinished && !isWaiting,
    ...waitAfter(interruption),
  };
};

const waitAfter = (error: unknown): { retryAfterSeconds?: number } => {
  if (!(error instanceof ConnectorError) || (error.kind !== "throttled" && error.retryAfterSeconds === undefined)) {
    return {};
  }
  return { retryAfterSeconds: error.retryAfterSeconds ?? THROTTLED_PAUSE_SECONDS };
};

const readCursor = ({ cursor, now }: Input): Cursor => {
  if (cursor === null) {
    return { version: 1, since: new Date(now.getTime() - FIRST_POLL_HOURS * 60 * MINUTE_MS).toISOString(), marks: {}, pass: null };
  }
  const parsed = Cursor.safeParse(cursor);
  if (!parsed.success) {
    throw new ConnectorError("malformed", "the reading position of this connection is damaged", { cause: parsed.error });
  }
  return parsed.data;
};

const startPass = (cursor: Cursor, now: Date): Cursor & { pass: Pass } => ({
  ...cursor,
  pass: cursor.pass ?? {
    startedAt: now.toISOString(),
    pageToken: "",
    totalItems: null,
    pending: [],
    messageToken: null,
    looksFrom: null,
    marks: {},
  },
});

const isDone = (pass: Pass): boolean => pass.pageToken === null && pass.pending.length === 0;

/** What is left may hide something only behind a message we have, and others need the calls: it stays in the pass until they do not. */
const isPutOff = ({ pageToken, pending }: Pass, { isCrowded = false }: Input): boolean =>
  isCrowded && pageToken === null && pending.length > 0 && pending.every(({ isKnown }) => isKnown);

/** The next call is for conversations: all that nobody has is read, and no conversation stands half read. */
const isListing = ({ messageToken, pageToken, pending }: Pass): boolean =>
  messageToken === null && pageToken !== null && pending.every(({ isKnown }) => isKnown);

const secondLook = (now: Date): string => new Date(now.getTime() - SECOND_LOOK_SECONDS * 1_000).toISOString();

/** One call: the next page of the conversation being read, or the next page of conversations. */
const advance = async (step: { input: Input; cursor: Cursor; pass: Pass; messages: VendorMessage[] }): Promise<Pass> => {
  const [next, ...rest] = step.pass.pending;
  if (next === undefined || isListing(step.pass)) {
    return listMore(step);
  }
  const { input, cursor, pass, messages } = step;
  const { value } = await input.client.listMessages({
    phoneNumberId: input.phoneNumberId,
    participants: next.participants,
    createdAfter: readFrom(cursor),
    pageToken: pass.messageToken,
  });
  messages.push(...value.data.map(toVendorMessage));
  const token = value.nextPageToken ?? null;
  return token === null
    ? { ...pass, pending: rest, messageToken: null, marks: { ...pass.marks, [next.id]: next.mark } }
    : { ...pass, messageToken: token };
};

const listMore = async ({ input, cursor, pass }: { input: Input; cursor: Cursor; pass: Pass }): Promise<Pass> => {
  const { value } = await input.client.listConversations({
    phoneNumberId: input.phoneNumberId,
    updatedAfter: pass.looksFrom === null ? readFrom(cursor) : new Date(pass.looksFrom),
    pageToken: pass.pageToken === "" ? null : pass.pageToken,
  });
  const own = value.data.filter((conversation) => conversation.phoneNumberId === input.phoneNumberId);
  const known = await input.knownOf?.(own.flatMap(({ lastActivityId }) => lastActivityId ?? []));
  const listed = own.map(({ id, participants, lastActivityId, updatedAt }) => ({
    id,
    participants,
    mark: `${lastActivityId ?? ""}@${updatedAt ?? ""}`,
    isKnown: known?.has(lastActivityId ?? "") ?? false,
  }));
  const isRead = (id: string, mark: string): boolean => cursor.marks[id] === mark || pass.marks[id] === mark;
  const unchanged = listed.filter(({ id, mark }) => isRead(id, mark));
  const total = value.totalItems ?? null;
  // Pages are counted from the front: when a conversation is deleted meanwhile, another slips past the page border.
  const hasShrunk = pass.looksFrom === null && pass.totalItems !== null && total !== null && total < pass.totalItems;
  return {
    ...pass,
    startedAt: hasShrunk ? cursor.since : pass.startedAt,
    pageToken: value.nextPageToken ?? null,
    totalItems: pass.looksFrom === null ? (total ?? pass.totalItems) : pass.totalItems,
    pending: queued(
      pass.pending,
      listed.filter(({ id, mark }) => !isRead(id, mark)),
    ),
    marks: { ...pass.marks, ...Object.fromEntries(unchanged.map(({ id, mark }) => [id, mark])) },
  };
};

/** Each conversation once, as it was seen last; those whose last message nobody has come first. */
const queued = (before: Pass["pending"], listed: Pass["pending"]): Pass["pending"] => {
  const all = [...before.filter(({ id }) => listed.every((one) => one.id !== id)), ...listed];
  return [...all.filter(({ isKnown }) => !isKnown), ...all.filter(({ isKnown }) => isKnown)];
};

const readFrom = (cursor: Cursor): Date => new Date(Date.parse(cursor.since) - OVERLAP_MINUTES * MINUTE_MS);

/** A page token may die while we are away; then the pass begins anew, and what it had read is only read again. */
const restartOrThrow = ({ error, cursor, pass }: { error: unknown; cursor: Cursor; pass: Pass }): PollResult => {
  const isOnToken = pass.messageToken !== null || (isListing(pass) && pass.pageToken !== "");
  if (!isOnToken || !(error instanceof ConnectorError) || error.kind !== "rejected") {
    throw error;
  }
  return { messages: [], cursor: { ...cursor, pass: null }, unchanged: true, more: true };
};
