import { createHash } from "node:crypto";

import { ConnectorError } from "../errors.ts";
import type { PollInput, PollResult } from "../inbox-port.ts";
import type { VendorMessage } from "../ports.ts";
import type { ClubOsClient, ListPage } from "./client.ts";
import { CLOCK_GRAIN_MS, DRIFT_MIN_COUNT, FIRST_POLL_DAYS, OVERLAP_DAYS, PEOPLE_PER_POLL } from "./limits.ts";
import { addDays, dateItems, dayAt } from "./map.ts";
import type { DatedItem } from "./map.ts";
import { changed, parseMessageList } from "./parse.ts";
import { giveUpWaiting, resolveName } from "./resolve.ts";
import type { Resolved } from "./resolve.ts";
import { Cursor } from "./schemas.ts";
import type { ClubOsAccount } from "./schemas.ts";

type Input = {
  readonly client: ClubOsClient;
  readonly account: ClubOsAccount;
  readonly poll: PollInput;
  readonly now: () => Date;
};

/**
 * One look at the inbox. The list only tells that somebody wrote; who, in which direction and when is read from the
 * follow-up log of each person with something new. What cannot be settled yet stays in the cursor as pending.
 */
export const pollInbox = async ({ client, account, poll, now }: Input): Promise<PollResult> => {
  const short = await client.inUnit(() => client.listMessages({ isComplete: false }));
  const today = dayOfPage(short, account.timeZone);
  const cursor = readCursor(poll.cursor);
  const bodyHash = createHash("sha256").update(short.html).digest("hex");
  const isKnownBody = cursor?.bodyHash === bodyHash && (poll.knownBodyHash ?? bodyHash) === bodyHash;
  if (today === null || (cursor !== null && isKnownBody)) {
    return { messages: [], cursor: poll.cursor, unchanged: true, more: false, ...(today === null ? {} : { bodyHash }) };
  }
  const before = cursor ?? firstCursor(addDays(today, 1 - (account.historyDays ?? FIRST_POLL_DAYS)));
  const items = await listSince({ client, account, short, today, floorDay: before.floorDay });
  if (items === null) {
    return { messages: [], cursor: poll.cursor, unchanged: true, more: false };
  }
  assertNothingVanished(before, items);

  const fresh = newItems(before, items);
  const names = [...Map.groupBy(fresh, (item) => item.name)];
  const turn = namesOfTurn(names, poll.limit);
  const resolved: Resolved[] = [];
  for (const [name, itemsOfName] of turn) {
    resolved.push(await resolveName({ client, account, name, items: itemsOfName, all: items, floorDay: before.floorDay }));
  }
  const outcome = giveUpWaiting(resolved, { pending: stillListed(before.pending, items), account, now: now() });
  const more = turn.length < names.length;
  const messages = unknownMessages(before, outcome.messages);
  const next = nextCursor({
    before,
    today,
    bodyHash,
    more,
    items,
    settledIds: outcome.settledIds,
    pending: outcome.pending,
    messages: messages.map(({ message, day }) => ({ id: message.externalId, day })),
  });
  return { messages: messages.map(({ message }) => message), cursor: next, bodyHash, unchanged: false, more };
};

/** `null` around midnight in the club, when "9:30 AM" may mean either day; the next poll is seconds away. */
const dayOfPage = (page: ListPage, timeZone: string): string | null => {
  const from = dayAt(new Date(page.writtenFrom.getTime() - CLOCK_GRAIN_MS), timeZone);
  const to = dayAt(new Date(page.writtenTo.getTime() + CLOCK_GRAIN_MS), timeZone);
  return from === to ? to : null;
};

const readCursor = (raw: PollInput["cursor"]): Cursor | null => {
  if (raw === null) {
    return null;
  }
  const parsed = Cursor.safeParse(raw);
  if (!parsed.success) {
    throw new ConnectorError("malformed", "the stored place in the ClubOS inbox cannot be read", { cause: parsed.error });
  }
  return parsed.data;
};

const firstCursor = (floorDay: string): Cursor => ({ version: 1, floorDay, bodyHash: null, listedIds: {}, messageIds: {}, pending: {} });

type ListInput = Pick<Input, "client" | "account"> & { readonly short: ListPage; readonly today: string; readonly floorDay: string };

/**
 * Everything since the floor. The short list holds whole days only after its oldest one, because it may end in the
 * middle of that day; when it does not reach back far enough, the full list is fetched.
 */
const listSince = async ({ client, account, short, today, floorDay }: ListInput): Promise<DatedItem[] | null> => {
  const since = (items: readonly DatedItem[]): DatedItem[] => items.filter(({ day }) => day >= floorDay);
  const shortItems = dateItems(parseMessageList(short.html), { ...account, today });
  const oldestDay = shortItems[0]?.day;
  if (short.isComplete || (oldestDay !== undefined && oldestDay < floorDay)) {
    return since(shortItems);
  }
  const complete = await client.inUnit(() => client.listMessages({ isComplete: true }));
  return dayOfPage(complete, account.timeZone) === today ? since(dateItems(parseMessageList(complete.html), { ...account, today })) : null;
};

/** Messages do not disappear. When those of a day do, the page means something else, and reading on would double them. */
const assertNothingVanished = (before: Cursor, items: readonly DatedItem[]): void => {
  for (const [day, known] of Object.entries(before.listedIds)) {
    const count = items.filter((item) => item.day === day).length;
    if (items.length === 0 || (known.length >= DRIFT_MIN_COUNT && count < known.length / 2)) {
      throw changed("a message list that lost messages");
    }
  }
};

const newItems = (before: Cursor, items: readonly DatedItem[]): DatedItem[] => {
  const settled = new Set(Object.values(before.listedIds).flat());
  return items.filter(({ id }) => !settled.has(id));
};

/** Whole names, oldest first, until the limit or the number of people of one poll is reached. */
const namesOfTurn = <T>(names: readonly (readonly [string, readonly T[]])[], limit: number) => {
  let count = 0;
  return names.filter(([, items], index) => {
    const isInTurn = index === 0 || (index < PEOPLE_PER_POLL && count + items.length <= limit);
    count = isInTurn ? count + items.length : Number.POSITIVE_INFINITY;
    return isInTurn;
  });
};

/** An item that left the list is waited for no longer. */
const stillListed = (pending: Cursor["pending"], items: readonly DatedItem[]): Cursor["pending"] => {
  const ids = new Set(items.map(({ id }) => id));
  return Object.fromEntries(Object.entries(pending).filter(([id]) => ids.has(id)));
};

type DayMessage = { readonly message: VendorMessage; readonly day: string };

const unknownMessages = (before: Cursor, messages: readonly DayMessage[]): DayMessage[] => {
  const known = new Set(Object.values(before.messageIds).flat());
  const unique = new Map(
    messages.filter(({ message }) => !known.has(message.externalId)).map((entry) => [entry.message.externalId, entry]),
  );
  return [...unique.values()].toSorted((a, b) => a.message.sentAt.getTime() - b.message.sentAt.getTime());
};

type Next = {
  readonly before: Cursor;
  readonly today: string;
  readonly bodyHash: string;
  readonly more: boolean;
  readonly items: readonly DatedItem[];
  readonly settledIds: ReadonlySet<string>;
  readonly pending: Cursor["pending"];
  readonly messages: readonly { readonly id: string; readonly day: string }[];
};

const nextCursor = ({ before, today, bodyHash, more, items, settledIds, pending, messages }: Next): Cursor => {
  const isSettled = !more && Object.keys(pending).length === 0;
  const overlapDay = addDays(today, -OVERLAP_DAYS);
  const floorDay = isSettled && overlapDay > before.floorDay ? overlapDay : before.floorDay;
  const settledBefore = new Set(Object.values(before.listedIds).flat());
  const listed = items.filter(({ id }) => settledBefore.has(id) || settledIds.has(id));
  return {
    version: 1,
    floorDay,
    bodyHash: isSettled ? bodyHash : null,
    listedIds: byDay(listed, floorDay),
    messageIds: byDay([...entriesOf(before.messageIds), ...messages], floorDay),
    pending,
  };
};

type IdOfDay = { readonly id: string; readonly day: string };

const entriesOf = (ids: Cursor["messageIds"]): IdOfDay[] => Object.entries(ids).flatMap(([day, list]) => list.map((id) => ({ id, day })));

const byDay = (entries: readonly IdOfDay[], floorDay: string): Record<string, string[]> =>
  Object.fromEntries(
    [
      ...Map.groupBy(
        entries.filter(({ day }) => day >= floorDay),
        ({ day }) => day,
      ),
    ].map(([day, list]) => [day, list.map(({ id }) => id)]),
  );
