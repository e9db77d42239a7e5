import { ConnectorError } from "../errors.ts";
import type { VendorMessage } from "../ports.ts";
import type { ClubOsClient, FoundByName, OpenedPopup } from "./client.ts";
import { LOG_GRACE_MS, NAMESAKES_MAX_COUNT, UNREADABLE_LOG_GRACE_MS } from "./limits.ts";
import { datePersonEntries, sameText, toMessage, toUnboundMessage } from "./map.ts";
import type { DatedItem, PersonEntry } from "./map.ts";
import type { ClubOsAccount } from "./schemas.ts";

type DayMessage = { readonly message: VendorMessage; readonly day: string };

export type Resolved = {
  readonly messages: readonly DayMessage[];
  /** Ids of listed items that were found in a log. */
  readonly settledIds: readonly string[];
  /** New items without a line in any log. */
  readonly waiting: readonly DatedItem[];
  /** Why a log could not be read, when one could not. */
  readonly failure: ConnectorError | null;
};

type Input = {
  readonly client: ClubOsClient;
  readonly account: ClubOsAccount;
  readonly name: string;
  /** What is new under this name. */
  readonly items: readonly DatedItem[];
  /** Everything listed since the floor. */
  readonly all: readonly DatedItem[];
  readonly floorDay: string;
};

type Logs = { readonly popups: readonly OpenedPopup[]; readonly failure: ConnectorError | null };

/** Finds whose messages the new items of one name are. A name remembered from earlier is searched again when that fails. */
export const resolveName = async (input: Input): Promise<Resolved> => {
  const remembered = await findPeople(input, { isFresh: false });
  const first = match(input, await readLogs(input.client, remembered));
  if (first.waiting.length === 0 || first.failure !== null || !remembered.isRemembered) {
    return first;
  }
  const found = await findPeople(input, { isFresh: true });
  const hasOthers = found.failure !== null || found.ids.some((id) => !remembered.ids.includes(id));
  return hasOthers ? match(input, await readLogs(input.client, found)) : first;
};

type People = FoundByName & { readonly failure: ConnectorError | null };

const findPeople = async ({ client, name }: Input, options: { readonly isFresh: boolean }): Promise<People> => {
  try {
    return { ...(await client.inUnit(() => client.findByName(name, options))), failure: null };
  } catch (error) {
    return { ids: [], isRemembered: false, failure: ownTrouble(error) };
  }
};

/** Each person is a unit of its own, so that a reply waiting to go out gets its turn in between. */
const readLogs = async (client: ClubOsClient, people: People): Promise<Logs> => {
  const popups: OpenedPopup[] = [];
  let { failure } = people;
  for (const personId of people.ids.slice(0, NAMESAKES_MAX_COUNT)) {
    try {
      popups.push(await client.inUnit(() => client.openPopup(personId)));
    } catch (error) {
      failure = ownTrouble(error) ?? failure;
    }
  }
  return { popups, failure };
};

/**
 * An error page about one person may be that person's trouble alone and must not hold up the others: the message waits.
 * A person who is gone is no trouble. A lost login, a dead network or an unknown page is everybody's and thrown on.
 */
const ownTrouble = (error: unknown): ConnectorError | null => {
  const isConnectorError = error instanceof ConnectorError;
  if (isConnectorError && error.code === "no_person") {
    return null;
  }
  if (isConnectorError && error.kind === "unavailable" && /^(not_right|delegation|[45]\d\d)$/.test(error.code ?? "")) {
    return error;
  }
  throw error;
};

/**
 * The k-th item of a name, text and day is the k-th line of the logs of all people of that name. The items of one such
 * group look alike, so nothing is lost if two of them swap places.
 */
const match = ({ account, items, all, floorDay }: Input, { popups, failure }: Logs): Resolved => {
  const lines = popups.flatMap((popup) =>
    datePersonEntries(popup, account)
      .filter(({ day }) => day >= floorDay)
      .map((entry) => ({ entry, message: toMessage(entry, { popup, ownerId: account.ownerId }) })),
  );
  const messages: DayMessage[] = [];
  const settledIds: string[] = [];
  const waiting: DatedItem[] = [];
  for (const group of Map.groupBy(items, groupKey).values()) {
    const alike = lines.filter(({ entry }) => group[0] !== undefined && isAlike(entry, group[0]));
    const listed = all.filter((item) => group[0] !== undefined && item.name === group[0].name && groupKey(item) === groupKey(group[0]));
    const found = new Set(listed.slice(0, alike.length).map(({ id }) => id));
    messages.push(...alike.map(({ entry, message }) => ({ message, day: entry.day })));
    settledIds.push(...group.filter(({ id }) => found.has(id)).map(({ id }) => id));
    waiting.push(...group.filter(({ id }) => !found.has(id)));
  }
  // What other staff wrote to this person counts too, even where it is not in this owner's list: a person took over.
  const byOthers = lines.filter(({ entry }) => entry.direction === "outbound");
  messages.push(...byOthers.map(({ entry, message }) => ({ message, day: entry.day })));
  return { messages, settledIds, waiting, failure };
};

const groupKey = (item: DatedItem): string => `${item.day} ${sameText(item.text)}`;

const isAlike = (entry: PersonEntry, item: DatedItem): boolean => entry.day === item.day && sameText(entry.text) === sameText(item.text);

type Waiting = { readonly pending: Readonly<Record<string, number>>; readonly account: ClubOsAccount; readonly now: Date };

/** A message that waited too long for its line in the log is shown without its person: late knowledge beats none. */
export const giveUpWaiting = (resolved: readonly Resolved[], { pending, account, now }: Waiting) => {
  const messages = resolved.flatMap((one) => one.messages);
  const settledIds = new Set(resolved.flatMap((one) => one.settledIds));
  const stillPending: Record<string, number> = {};
  const seen = new Set(resolved.flatMap((one) => one.waiting.map(({ id }) => id)));
  for (const { waiting, failure } of resolved) {
    for (const item of waiting) {
      const seenAtMs = pending[item.id] ?? now.getTime();
      if (now.getTime() - seenAtMs < (failure === null ? LOG_GRACE_MS : UNREADABLE_LOG_GRACE_MS)) {
        stillPending[item.id] = seenAtMs;
      } else {
        messages.push({ message: toUnboundMessage(item, { ...account, seenAt: new Date(seenAtMs) }), day: item.day });
        settledIds.add(item.id);
      }
    }
  }
  // Items whose turn did not come this time keep the instant of their first sight.
  const untouched = Object.entries(pending).filter(([id]) => !seen.has(id) && !settledIds.has(id));
  return { messages, settledIds, pending: { ...Object.fromEntries(untouched), ...stillPending } };
};
