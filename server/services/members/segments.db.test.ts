import { SEGMENTS, type Segment } from "#server/domain/people-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeContact, makeMember, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeAll, describe, expect, test } from "vitest";

import { listPeople, PEOPLE_PAGE_SIZE } from "./list-people.ts";
import { segmentCount, segmentQuery } from "./segments.ts";
import { summarizeSegments } from "./summarize-segments.ts";

useDatabase();

/** Midnight between Nov 20 and 21 in Denver is 07:00 UTC: late on the 20th there, while UTC has the 21st. */
const LATE = new Date("2026-11-21T06:30:00.000Z");

const at = (club: TestClub, fixedNow: Date = LATE) => ({ ...club.as.staff, fixedNow });
const namesIn = async (club: TestClub, segment: Segment, more: object = {}): Promise<string[]> =>
  (await listPeople(at(club), { segment, ...more })).items.map(({ name }) => name).toSorted();

const makeProspect = async (club: TestClub, firstName: string, more: object = {}): Promise<string> => {
  const { contact } = await makeContact(club);
  const id = newId("prospect");
  await database().owner.prospect.create({
    data: {
      id,
      ...scopeOf(club),
      contactId: contact.id,
      externalId: id,
      firstName,
      lastName: "Lead",
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      ...more,
    },
  });
  return id;
};

describe("segments", () => {
  let club: TestClub;
  const add = async (firstName: string, overrides: Parameters<typeof makeMember>[2] = {}): Promise<void> => {
    const { contact } = await makeContact(club);
    await makeMember(club, contact.id, { firstName, lastName: "Hale", ...overrides });
  };
  beforeAll(async () => {
    club = await makeClub({ timeZone: "America/Denver" });
    await add("Old", { joinedOn: "2020-01-01" });
    await add("Edge", { joinedOn: "2026-10-21" });
    await add("Past", { joinedOn: "2026-10-20" });
    await add("Today", { joinedOn: "2026-11-20" });
    await add("Tomorrow", { joinedOn: "2026-11-21" });
    await add("Quit", { joinedOn: "2026-11-10", status: "cancelled" });
    await add("Gone", { joinedOn: "2026-11-10", balanceMinor: 900n, archivedAt: MADE_AT });
    await add("Visitor", { status: "pay_per_visit" });
    await add("Cent", { balanceMinor: 1n });
    await add("Two", { balanceMinor: 2n });
    await add("Credit", { balanceMinor: -500n });
    await add("Trainee", { balanceMinor: 9_000n, trainingBalanceMinor: 6_000n, phone: "+13035550142", email: "trainee@people.example" });
    await makeProspect(club, "Ana");
    await makeProspect(club, "Ben", { archivedAt: MADE_AT });
  });

  test.each([
    ["prospects", ["Ana Lead"]],
    ["green", ["Edge Hale", "Today Hale"]],
    ["pay_per_visit", ["Visitor Hale"]],
    ["past_due", ["Trainee Hale", "Two Hale"]],
    ["past_due_training", ["Trainee Hale"]],
  ] as const)("%s holds exactly those who belong there, by the club's calendar and without the archived", async (segment, names) => {
    expect(await namesIn(club, segment)).toEqual(names);
  });

  test("green reaches back as many days as it is told", async () => {
    expect(await namesIn(club, "green", { greenDays: 31 })).toEqual(["Edge Hale", "Past Hale", "Today Hale"]);
  });

  test("counts and samples say the same as the lists", async () => {
    const summaries = await summarizeSegments(at(club));
    for (const { segment, count, names } of summaries) {
      const listed = await namesIn(club, segment);
      expect(count, segment).toBe(listed.length);
      expect(listed, segment).toEqual(expect.arrayContaining([...names]));
    }
    expect(summaries.map(({ segment }) => segment)).toEqual(SEGMENTS);
  });

  test.each([
    ["a part of a name", "train"],
    ["a number as people write it", "(303) 555-0142"],
    ["an address", "TRAINEE@people"],
  ])("finds by %s", async (_what, search) => {
    expect(await namesIn(club, "members", { search })).toEqual(["Trainee Hale"]);
  });

  test("a percent sign is a letter to look for, not a wildcard", async () => {
    expect(await namesIn(club, "members", { search: "%" })).toEqual([]);
  });

  test("amounts come as text in minor units", async () => {
    const { items } = await listPeople(at(club), { segment: "past_due_training" });
    expect(items).toMatchObject([{ balanceMinor: "9000", trainingBalanceMinor: "6000", currency: "USD", status: "active" }]);
  });
});

test("people of another club are in no list and no count", async () => {
  const [home, other] = [await makeClub(), await makeClub()];
  const { contact } = await makeContact(other);
  await makeMember(other, contact.id, { balanceMinor: 100n });
  await makeProspect(other, "Eve");
  expect(await namesIn(home, "members")).toEqual([]);
  expect((await summarizeSegments(at(home))).map(({ count }) => count)).toEqual(SEGMENTS.map(() => 0));
});

test("who may not read members is refused", async () => {
  const club = await makeClub();
  const webhook = {
    ...systemContext(scopeOf(club), { job: "test" }),
    actor: { kind: "webhook", connectionId: newId("connection") } as const,
  };
  await expect(async () => listPeople(webhook, { segment: "members" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(async () => summarizeSegments(webhook)).rejects.toMatchObject({ code: "forbidden" });
});

describe("a big club", () => {
  const COUNT = 4_000;
  let club: TestClub;
  /** Beside it two others, whose rows an index of the club does not meet. */
  beforeAll(async () => {
    club = await makeClub();
    for (const each of [club, await makeClub(), await makeClub()]) {
      await fill(each);
    }
    const session = await database().as("OWNER");
    await session.query(`analyze "Member"`);
    await session.query(`analyze "Prospect"`);
    await session.end();
  });

  const fill = async (club: TestClub): Promise<void> => {
    const { contact } = await makeContact(club);
    const { owner } = database();
    const shared = { ...scopeOf(club), contactId: contact.id, createdAt: MADE_AT, updatedAt: MADE_AT };
    await owner.member.createMany({
      data: Array.from({ length: COUNT }, (_value, index) => ({
        ...shared,
        id: newId("member"),
        externalId: `m-${index}`,
        firstName: "Kit",
        lastName: `No${index}`,
        phone: `+1303555${index.toString().padStart(4, "0")}`,
        phoneKey: addressKey(`${index}`),
        status: index % 40 === 0 ? "pay_per_visit" : "active",
        currency: "USD",
        joinedOn: `20${(10 + (index % 16)).toString()}-01-01`,
        balanceMinor: index % 50 === 0 ? 2_500n : 0n,
        trainingBalanceMinor: index % 100 === 0 ? 1_500n : null,
      })),
    });
    await owner.prospect.createMany({
      data: Array.from({ length: COUNT }, (_value, index) => ({
        ...shared,
        id: newId("prospect"),
        externalId: `p-${index}`,
        firstName: "Lou",
        lastName: `No${index}`,
      })),
    });
  };

  const planOf = async (query: Prisma.Sql): Promise<string> => {
    const rows = await withClub(scopeOf(club), (tx) =>
      tx.db.$queryRaw<{ "QUERY PLAN": string }[]>(Prisma.sql`explain (analyze, timing off, summary off, buffers off) ${query}`),
    );
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  };

  test.each(SEGMENTS)("%s is read and counted by an index of the club as the application role, on a later page too", async (segment) => {
    const query = { clubId: club.id, segment, now: LATE, timeZone: "America/Denver", limit: 51 };
    for (const before of [null, { at: MADE_AT, id: "mem_01m7ygjx2de4asgadvka51h88g" }]) {
      const plan = await planOf(segmentQuery({ ...query, before }));
      expect(plan).not.toContain("Seq Scan");
      expect(plan).toMatch(/Index Cond: \(\(?"?clubId"? = /);
    }
    if (segment !== "members" && segment !== "prospects") {
      expect(await planOf(segmentCount({ ...query, limit: 50_000 }))).not.toContain("Seq Scan");
    }
  });

  test("the pages of a segment hold everybody once", async () => {
    const seen = new Set<string>();
    let cursor: string | null = null;
    let pageCount = 0;
    do {
      const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(at(club), { segment: "pay_per_visit", cursor });
      for (const { id } of page.items) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      cursor = page.nextCursor;
      pageCount += 1;
    } while (cursor !== null);
    expect([seen.size, pageCount]).toEqual([COUNT / 40, Math.ceil(COUNT / 40 / PEOPLE_PAGE_SIZE)]);
  });
});
