import fc from "fast-check";
import { expect, test } from "vitest";

import { ConnectorError } from "../errors.ts";
import type { PollInput } from "../inbox-port.ts";
import type { JsonValue } from "../ports.ts";
import { backFill } from "./back-fill.ts";
import type { OpenPhoneClient } from "./client.ts";

const NOW = new Date("2026-11-21T15:00:00.000Z");
const PHONE = "PN1";

const conversation = (id: string, lastActivityId = `AC-${id}`) => ({
  id,
  participants: ["+13035550101"],
  phoneNumberId: PHONE,
  lastActivityId,
  updatedAt: "2026-11-21T14:59:00.000Z",
});

const message = (id: string, over: { createdAt?: string } = {}) => ({
  id,
  direction: "incoming" as const,
  from: "+13035550101",
  to: ["+13035550100"],
  text: id,
  phoneNumberId: PHONE,
  createdAt: over.createdAt ?? "2026-11-21T14:59:00.000Z",
});

type Conversations = OpenPhoneClient["listConversations"];
type Messages = OpenPhoneClient["listMessages"];

const page = <T>(data: T[], nextPageToken: string | null = null, totalItems = data.length) => ({
  value: { data, totalItems, nextPageToken },
  vendorClockAt: null,
});

/** A vendor whose two lists are given as functions, with a record of what was asked. */
const vendorWith = (lists: { conversations: Conversations; messages?: Messages }) => {
  const asked: { list: string; after: string; token: string | null }[] = [];
  const client: Pick<OpenPhoneClient, "listConversations" | "listMessages"> = {
    listConversations: (input) => {
      asked.push({ list: "conversations", after: input.updatedAfter.toISOString(), token: input.pageToken });
      return lists.conversations(input);
    },
    listMessages: (input) => {
      asked.push({ list: "messages", after: input.createdAfter.toISOString(), token: input.pageToken });
      return lists.messages?.(input) ?? Promise.resolve(page([]));
    },
  };
  return {
    asked,
    poll: (cursor: JsonValue, now = NOW, over: Pick<PollInput, "isCrowded" | "knownOf"> = {}) =>
      backFill({ client, phoneNumberId: PHONE, cursor, limit: 50, now, ...over }),
  };
};

test("a new connection reads one day back, and each later pass begins 20 minutes before the pass before it", async () => {
  const { asked, poll } = vendorWith({ conversations: () => Promise.resolve(page([])) });
  const first = await poll(null);
  await poll(first.cursor, new Date(NOW.getTime() + 60_000));
  expect(asked.map(({ after }) => after)).toEqual(["2026-11-20T14:40:00.000Z", "2026-11-21T14:40:00.000Z"]);
});

test("a conversation is asked for again only when the vendor shows another last activity", async () => {
  let last = "AC1";
  const { asked, poll } = vendorWith({
    conversations: () => Promise.resolve(page([conversation("CN1", last)])),
    messages: () => Promise.resolve(page([message(last)])),
  });
  const first = await poll(null);
  const second = await poll(first.cursor);
  expect(second).toMatchObject({ messages: [], unchanged: true });
  last = "AC2";
  const third = await poll(second.cursor);
  expect(third.messages.map(({ externalId }) => externalId)).toEqual(["AC2"]);
  expect(asked.filter(({ list }) => list === "messages")).toHaveLength(2);
});

test("messages come oldest first, however the vendor orders them", async () => {
  const { poll } = vendorWith({
    conversations: () => Promise.resolve(page([conversation("CN1")])),
    messages: () => Promise.resolve(page([message("new"), message("old", { createdAt: "2026-11-21T14:00:00.000Z" })])),
  });
  expect((await poll(null)).messages.map(({ externalId }) => externalId)).toEqual(["old", "new"]);
});

test("a page token that died meanwhile begins the pass anew instead of failing for ever", async () => {
  let isAlive = true;
  const { asked, poll } = vendorWith({
    conversations: ({ pageToken }) => {
      if (pageToken !== null && !isAlive) {
        return Promise.reject(new ConnectorError("rejected", "the token has expired"));
      }
      return Promise.resolve(
        page(
          Array.from({ length: 11 }, (_, index) => conversation(`CN${index}`)),
          isAlive ? "next" : null,
        ),
      );
    },
  });
  const first = await poll(null);
  expect(first.more).toBe(true);
  isAlive = false;
  const second = await poll(first.cursor);
  expect(second).toMatchObject({ messages: [], more: true });
  const third = await poll(second.cursor);
  expect(asked.findLast(({ list }) => list === "conversations")?.token).toBeNull();
  expect(third.more || (await poll(third.cursor)).more).toBe(false);
});

test("a refusal of the first page is an error and not a reason to begin anew", async () => {
  const { poll } = vendorWith({ conversations: () => Promise.reject(new ConnectorError("rejected", "no such number")) });
  await expect(poll(null)).rejects.toMatchObject({ kind: "rejected" });
});

test("when conversations vanish while pages are read, the next pass covers the same time again", async () => {
  const pages = [page([conversation("CN1"), conversation("CN2")], "next", 4), page([conversation("CN4")], null, 3)];
  const { asked, poll } = vendorWith({ conversations: () => Promise.resolve(pages.shift() ?? page([])) });
  const first = await poll(null);
  expect(first.more).toBe(false);
  await poll(first.cursor);
  const times = asked.filter(({ list }) => list === "conversations").map(({ after }) => after);
  expect(times[2]).toBe(times[0]);
});

test("a failure in the middle keeps what was read and the place where it stopped", async () => {
  let isUp = true;
  const { poll } = vendorWith({
    conversations: () => Promise.resolve(page([conversation("CN1"), conversation("CN2")])),
    messages: () => {
      if (!isUp) {
        return Promise.reject(new ConnectorError("throttled", "slow down", { retryAfterSeconds: 5 }));
      }
      isUp = false;
      return Promise.resolve(page([message("AC1")]));
    },
  });
  const first = await poll(null);
  expect(first).toMatchObject({ more: true, retryAfterSeconds: 5, messages: [{ externalId: "AC1" }] });
  await expect(poll(first.cursor)).rejects.toMatchObject({ kind: "throttled", retryAfterSeconds: 5 });
  isUp = true;
  const last = await poll(first.cursor);
  expect(last).toMatchObject({ more: false, messages: [{ externalId: "AC1" }] });
  expect(last).not.toHaveProperty("retryAfterSeconds");
});

/** A number with its messages by conversation, oldest first; what Spotter sent is known to it. */
const phoneWith = () => {
  const threads = new Map<string, { id: string; at: Date; isOurs: boolean }[]>();
  const add = (thread: string, { at, isOurs }: { at: Date; isOurs: boolean }): void => {
    const messages = threads.get(thread) ?? [];
    threads.set(thread, [...messages, { id: `${thread}-${messages.length}`, at, isOurs }]);
  };
  const stored = new Set<string>();
  const vendor = vendorWith({
    conversations: ({ pageToken, updatedAfter }) => {
      const changed = [...threads]
        .map(([id, messages]) => ({ id, last: messages.at(-1) }))
        .filter(({ last }) => last !== undefined && last.at >= updatedAfter)
        .toSorted((left, right) => (right.last?.at.getTime() ?? 0) - (left.last?.at.getTime() ?? 0));
      const from = Number(pageToken ?? 0);
      const listed = changed
        .slice(from, from + 3)
        .map(({ id, last }) => ({ ...conversation(id, last?.id), participants: [id], updatedAt: last?.at.toISOString() ?? "" }));
      return Promise.resolve(page(listed, from + 3 < changed.length ? String(from + 3) : null, changed.length));
    },
    messages: ({ participants: [thread = ""] }) =>
      Promise.resolve(page((threads.get(thread) ?? []).map(({ at, id }) => message(id, { createdAt: at.toISOString() })))),
  });
  const isKnown = (id: string): boolean => stored.has(id) || [...threads.values()].flat().some((one) => one.id === id && one.isOurs);
  return {
    ...vendor,
    add,
    stored,
    knownOf: (ids: readonly string[]) => Promise.resolve(new Set(ids.filter(isKnown))),
    inbound: () => [...threads.values()].flat().flatMap(({ id, isOurs }) => (isOurs ? [] : [id])),
  };
};

test("while many texts go out, only conversations that end with a strange message are read, and nobody asks again at once", async () => {
  const phone = phoneWith();
  for (const thread of ["CN1", "CN2", "CN3", "CN4"]) {
    phone.add(thread, { at: NOW, isOurs: true });
  }
  phone.add("CN2", { at: NOW, isOurs: false });
  const first = await phone.poll(null, NOW, { isCrowded: true, knownOf: phone.knownOf });
  expect(first.messages.map(({ externalId }) => externalId)).toEqual(["CN2-0", "CN2-1"]);
  expect(first).toMatchObject({ more: false, unchanged: false });
  expect(phone.asked.map(({ list }) => list)).toEqual(["conversations", "messages", "conversations"]);
  const later = new Date(NOW.getTime() + 60_000);
  phone.add("CN4", { at: later, isOurs: false });
  const second = await phone.poll(first.cursor, later, { isCrowded: true, knownOf: phone.knownOf });
  expect(second.messages.map(({ externalId }) => externalId)).toEqual(["CN4-0", "CN4-1"]);
  const third = await phone.poll(second.cursor, later, { knownOf: phone.knownOf });
  expect(third.messages.map(({ externalId }) => externalId).toSorted()).toEqual(["CN1-0", "CN3-0"]);
  expect(third.more).toBe(false);
});

const anyHappening = fc.oneof(
  fc.record({
    kind: fc.constant("text" as const),
    thread: fc.constantFrom("CN1", "CN2", "CN3", "CN4", "CN5", "CN6", "CN7"),
    isOurs: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("poll" as const), isCrowded: fc.boolean() }),
);

test("however crowded it is meanwhile, every message that came in is read in the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyHappening, { maxLength: 60 }), async (happenings) => {
      const phone = phoneWith();
      let now = NOW;
      let cursor: JsonValue = null;
      const poll = async (isCrowded: boolean): Promise<boolean> => {
        const read = await phone.poll(cursor, now, { isCrowded, knownOf: phone.knownOf });
        if (!(read.unchanged && !read.more)) {
          cursor = read.cursor;
        }
        read.messages.forEach(({ externalId }) => phone.stored.add(externalId));
        return read.more;
      };
      for (const happening of happenings) {
        now = new Date(now.getTime() + 7_000);
        if (happening.kind === "text") {
          phone.add(happening.thread, { at: now, isOurs: happening.isOurs });
        } else {
          await poll(happening.isCrowded);
        }
      }
      while (await poll(false)) {
        now = new Date(now.getTime() + 1_000);
      }
      await poll(false);
      expect(phone.inbound().filter((id) => !phone.stored.has(id))).toEqual([]);
    }),
  );
});
