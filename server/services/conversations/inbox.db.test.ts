import type { InboxView } from "#server/domain/inbox-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub, withFranchise } from "#server/platform/tenant.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import {
  makeChannel,
  makeClub,
  makeContact,
  makeConversation,
  makeInbound,
  makeMember,
  makeMessage,
  minutesAfter,
  scopeOf,
  type TestClub,
} from "#server/testing/factories.ts";
import { beforeAll, describe, expect, test } from "vitest";

import { countConversations } from "./count-conversations.ts";
import { listConversations, PAGE_SIZE, pageQuery } from "./list-conversations.ts";
import { listTags } from "./list-tags.ts";

useDatabase();

const idsOf = async (club: TestClub, view: InboxView, search?: string): Promise<readonly string[]> =>
  (await listConversations(club.as.staff, { view, ...(search === undefined ? {} : { search }) })).items.map(({ id }) => id);

test("each view shows what it promises, newest message first, and its count agrees", async () => {
  const club = await makeClub();
  const me = club.people.staff.userId;
  const at = (minutes: number) => ({ lastMessageAt: minutesAfter(minutes) });
  const make = async (overrides: Parameters<typeof makeConversation>[1]) => (await makeConversation(club, overrides)).conversation.id;
  const approval = await make({ ...at(1), needsYou: "approval" });
  const escalation = await make({ ...at(2), needsYou: "escalation", handledBy: "staff", waitingSince: minutesAfter(2) });
  const waiting = await make({ ...at(3), handledBy: "staff", ownerUserId: me, waitingSince: minutesAfter(3) });
  const answered = await make({ ...at(4), handledBy: "staff", ownerUserId: club.people.manager.userId });
  const snoozed = await make({ ...at(5), status: "snoozed" });
  const quiet = await make({ ...at(6), waitingSince: minutesAfter(6) });
  const resolved = await make({ ...at(7), status: "resolved", ownerUserId: me });
  await make({ ...at(8), archivedAt: minutesAfter(9) });

  expect(await idsOf(club, "needs_you")).toEqual([waiting, escalation, approval]);
  expect(await idsOf(club, "agent")).toEqual([quiet]);
  expect(await idsOf(club, "mine")).toEqual([waiting]);
  expect(await idsOf(club, "all")).toEqual([quiet, answered, waiting, escalation, approval]);
  expect(await idsOf(club, "snoozed")).toEqual([snoozed]);
  expect(await idsOf(club, "resolved")).toEqual([resolved]);
  expect(await countConversations(club.as.staff)).toEqual({ needs_you: 3, agent: 1, mine: 1, all: 5, snoozed: 1, resolved: 1 });
});

test("a row carries the contact, the channel, the owner's name, the tags and its number in the club", async () => {
  const club = await makeClub();
  const { conversation, channel } = await makeInbound(club, {
    name: "Dana Whitlock",
    text: "is the sauna on?",
    handledBy: "staff",
    ownerUserId: club.people.manager.userId,
  });
  await database().owner.conversationTag.createMany({
    data: ["sauna", "amenity"].map((tag) => ({
      id: newId("conversationTag"),
      ...scopeOf(club),
      conversationId: conversation.id,
      tag,
      setBy: "agent",
      createdAt: minutesAfter(0),
    })),
  });
  const [row] = (await listConversations(club.as.staff, { view: "all" })).items;
  expect(row).toEqual({
    id: conversation.id,
    contactName: "Dana Whitlock",
    channelKind: "sms",
    channelName: channel.name,
    subject: null,
    status: "open",
    handledBy: "staff",
    ownerName: club.people.manager.name,
    needsYou: "none",
    waitingSince: minutesAfter(0),
    snoozedUntil: null,
    unreadCount: 1,
    requiresResponse: false,
    lastMessageAt: minutesAfter(0),
    lastMessagePreview: "is the sauna on?",
    lastMessageAuthor: "contact",
    lastCategory: null,
    tags: ["amenity", "sauna"],
    clubSequence: "0",
  });
});

test("walking the pages shows every conversation once, also those of the same instant and across all states", async () => {
  const club = await makeClub();
  const ids = await makeMany(club, { count: PAGE_SIZE * 2 + 7 });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listConversations(club.as.staff, { view: "history", cursor });
    expect(page.items.length).toBeLessThanOrEqual(PAGE_SIZE);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(ids.length);
  expect(seen.toSorted()).toEqual(ids.toSorted());
});

test("a conversation that moves to the top while somebody scrolls hides no other one", async () => {
  const club = await makeClub();
  const ids = await makeMany(club, { count: PAGE_SIZE + 5 });
  const first = await listConversations(club.as.staff, { view: "history" });
  const moved = ids.find((id) => !first.items.some((item) => item.id === id));
  await makeMessage(club, moved ?? "", { sentAt: minutesAfter(9_000) });
  const second = await listConversations(club.as.staff, { view: "history", cursor: first.nextCursor });
  const seen = new Set([...first.items, ...second.items].map(({ id }) => id));
  expect(ids.filter((id) => !seen.has(id as never))).toEqual([moved]);
});

describe("search", () => {
  let club: TestClub;
  let made: { readonly whitlock: string; readonly cotton: string };

  beforeAll(async () => {
    club = await makeClub();
    const whitlock = (await makeInbound(club, { name: "Dana Whitlock", from: "+14155550142", text: "good morning" })).conversation.id;
    const cotton = (await makeInbound(club, { name: "Ola Brandt", text: "Is it 100% cotton_wool?" })).conversation.id;
    await makeInbound(club, { name: "Kim Osei", text: "is it 100 cottonXwool" });
    made = { whitlock, cotton };
  });

  test.each([
    ["a part of the name, in any case", "WHITL", "whitlock"],
    ["the beginning of a word somebody wrote", "morn", "whitlock"],
    ["a part of the number, however it is written", "(415) 555-0142", "whitlock"],
    ["words in any order, whatever stands between them", "wool cotton", "cotton"],
  ] as const)("finds %s", async (_name, search, expected) => {
    expect(await idsOf(club, "all", search)).toEqual([made[expected]]);
  });

  test("finds what was said long ago, by anybody, in a conversation that is over, and shows the line; events say nothing", async () => {
    const own = await makeClub();
    const { conversation } = await makeInbound(own, {
      name: "Ada Moss",
      text: "where is my key fob",
      status: "resolved",
      resolvedAt: minutesAfter(9),
    });
    await makeMessage(own, conversation.id, { direction: "note", author: "staff", text: "She lost the lanyard too" });
    await makeMessage(own, conversation.id, { text: "thanks" });
    await makeMessage(own, conversation.id, { direction: "event", author: "system", eventCode: "resolved", text: "tombstone" });
    const found = async (search: string) =>
      (await listConversations(own.as.staff, { view: "history", search })).items.map(({ found: line }) => line);
    expect(await found("fob")).toEqual(["where is my key fob"]);
    expect(await found("LANYARD lost")).toEqual(["She lost the lanyard too"]);
    expect(await found("Moss")).toEqual([undefined]);
    expect(await found("tombstone")).toEqual([]);
    expect(await idsOf(own, "all", "fob")).toEqual([]);
  });

  test("finds nothing of another club, and nothing for words nobody wrote", async () => {
    const other = await makeClub();
    await makeInbound(other, { name: "Dana Whitlock", text: "good morning" });
    expect(await idsOf(club, "all", "Whitlock")).toEqual([made.whitlock]);
    expect(await idsOf(club, "all", "morning")).toEqual([made.whitlock]);
    expect(await idsOf(club, "all", String.raw`\ '; drop table`)).toEqual([]);
    expect(await idsOf(club, "all", "%&|!:*()")).toEqual([]);
  });

  test("without a club nothing is found at all", async () => {
    const rows = await withFranchise(
      club.as.owner,
      (tx) => tx.db.$queryRaw<unknown[]>`select * from spotter_search_messages('morning', 10)`,
    );
    expect(rows).toEqual([]);
  });
});

test("filters narrow a view by tag, topic, channel and who writes, and all of them hold at once", async () => {
  const club = await makeClub();
  const text = (await makeInbound(club, { lastCategory: "payment_inquiry" })).conversation;
  const mail = (await makeInbound(club, { kind: "email", from: "kim@people.example", lastCategory: "payment_inquiry" })).conversation;
  const tagged = { ...scopeOf(club), tag: "refund", setBy: "agent", createdAt: minutesAfter(0) };
  await database().owner.conversationTag.create({ data: { id: newId("conversationTag"), ...tagged, conversationId: mail.id } });
  await makeMember(club, text.contactId, { status: "past_due" });
  const ids = async (filters: object) => (await listConversations(club.as.staff, { view: "all", ...filters })).items.map(({ id }) => id);
  expect(await ids({ tag: "refund" })).toEqual([mail.id]);
  expect(await ids({ channel: "sms" })).toEqual([text.id]);
  expect(await ids({ person: "past_due" })).toEqual([text.id]);
  expect(await ids({ person: "unknown" })).toEqual([mail.id]);
  expect(await ids({ person: "prospect" })).toEqual([]);
  expect((await ids({ category: "payment_inquiry" })).toSorted()).toEqual([text.id, mail.id].toSorted());
  expect(await ids({ category: "payment_inquiry", channel: "email", person: "past_due" })).toEqual([]);
  expect(await listTags(club.as.staff)).toEqual(["refund"]);
});

test("a cursor that is none, a view that is none and a machine as reader are refused", async () => {
  const club = await makeClub();
  for (const cursor of ["x", "bm90IGEgZGF0ZQ", Buffer.from("2026-11-20T17:00:00.000Z ").toString("base64url")]) {
    await expect(listConversations(club.as.staff, { view: "all", cursor })).rejects.toMatchObject({ code: "invalid" });
  }
  await expect(listConversations(club.as.staff, { view: "spam" as never })).rejects.toThrow(/view/);
  const webhook = { ...club.as.staff, actor: { kind: "webhook", connectionId: newId("connection") } } as const;
  await expect(listConversations(webhook, { view: "all" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(countConversations(webhook)).rejects.toMatchObject({ code: "forbidden" });
});

describe("with some thousand conversations in two clubs", () => {
  const COUNT = 4_000;
  let club: TestClub;

  beforeAll(async () => {
    club = await makeClub();
    await makeMany(club, { count: COUNT });
    await makeMany(await makeClub(), { count: COUNT });
    await database().owner.$executeRaw`analyze`;
  });

  const planOf = async (view: InboxView, cursor: string | null): Promise<string> => {
    const query = pageQuery(club.as.staff, { view, cursor });
    const rows = await withClub(club.as.staff, (tx) =>
      tx.db.$queryRaw<{ "QUERY PLAN": string }[]>(Prisma.sql`explain (analyze, timing off, summary off, buffers off) ${query}`),
    );
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  };

  test.each(["needs_you", "agent", "mine", "all", "snoozed", "resolved"] as const)(
    "the view %s reads by an index of the club as the application role, on every page",
    async (view) => {
      const { nextCursor } = await listConversations(club.as.staff, { view: "all" });
      for (const cursor of [null, nextCursor]) {
        const plan = await planOf(view, cursor);
        expect(plan).not.toContain("Seq Scan");
        expect(plan).toMatch(/Index Cond: \(\(?"?clubId"? = /);
      }
    },
  );

  test("a later page is found by its position in the index, not by counting through the earlier ones", async () => {
    const { nextCursor } = await listConversations(club.as.staff, { view: "resolved" });
    expect(nextCursor).toBeNull();
    const { nextCursor: second } = await listConversations(club.as.staff, { view: "all" });
    expect(await planOf("resolved", second)).toMatch(/Index Cond: .*ROW\("lastMessageAt", id\) </);
  });
});

/** Conversations of one contact, four in a minute, every seventh snoozed. */
const makeMany = async (club: TestClub, { count }: { readonly count: number }): Promise<readonly string[]> => {
  const { contact } = await makeContact(club);
  const channel = await makeChannel(club);
  const rows = Array.from({ length: count }, (_value, index) => ({
    id: newId("conversation"),
    ...scopeOf(club),
    channelId: channel.id,
    contactId: contact.id,
    threadKey: String(index),
    status: index % 7 === 0 ? "snoozed" : "open",
    handledBy: index % 3 === 0 ? "staff" : "agent",
    lastMessageAt: minutesAfter(Math.floor(index / 4)),
    createdAt: minutesAfter(0),
    updatedAt: minutesAfter(0),
  }));
  await database().owner.conversation.createMany({ data: rows });
  return rows.map(({ id }) => id);
};
