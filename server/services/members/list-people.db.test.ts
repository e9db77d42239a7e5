import { PeopleFilter } from "#server/domain/people-filter.ts";
import { withClub } from "#server/platform/tenant.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeContact, makeMember, minutesAfter, type TestClub } from "#server/testing/factories.ts";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import { exportPeople } from "./export-people.ts";
import { listPeople, readPeople } from "./list-people.ts";

useDatabase();

const NOW = new Date("2026-11-20T20:00:00.000Z");
/** Small pages of many alike, so that most pages end among equals. */
const PAGE_SIZE = 3;
const PEOPLE_COUNT = 20;

let club: TestClub;
const ids: string[] = [];

const at = (one: TestClub, role: "staff" | "manager" = "staff") => ({ ...one.as[role], fixedNow: NOW });

beforeAll(async () => {
  club = await makeClub({ timeZone: "America/Denver" });
  for (let index = 0; index < PEOPLE_COUNT; index += 1) {
    const { contact } = await makeContact(club);
    const id = await makeMember(club, contact.id, {
      firstName: index % 4 === 0 ? "same" : `P${index % 7}`,
      lastName: "Hale",
      status: index % 3 === 0 ? "past_due" : "active",
      balanceMinor: index % 5 === 0 ? null : BigInt((index % 3) * 5_000),
      lastVisitAt: index % 6 === 0 ? null : new Date(NOW.getTime() - (index % 8) * 20 * 86_400_000),
      joinedOn: index % 7 === 0 ? null : `2026-0${(index % 9) + 1}-01`,
      visitCount: index % 4,
      createdAt: minutesAfter(index % 5),
    });
    ids.push(id);
  }
});

const everyPage = async (filter: Partial<PeopleFilter>): Promise<string[]> => {
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await withClub(
      at(club),
      (tx) =>
        readPeople(tx, at(club), {
          ...PeopleFilter.parse(filter),
          greenDays: 30,
          cursor,
          limit: PAGE_SIZE,
        }),
      { fixedNow: NOW },
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return seen;
};

describe("a list in any order", () => {
  test("names everybody once, however many share a value and whatever is not known", async () => {
    const orders = fc.record({
      sort: fc.constantFrom("newest", "name", "status", "balance", "last_visit", "visits", "joined"),
      order: fc.constantFrom("asc", "desc"),
    });
    await fc.assert(
      fc.asyncProperty(orders, async (filter) => {
        const seen = await everyPage(filter);
        expect(seen.toSorted()).toEqual(ids.toSorted());
      }),
      { numRuns: 20 },
    );
  });

  test("puts what is not known at the end in both directions", async () => {
    for (const order of ["asc", "desc"] as const) {
      const { items } = await listPeople(at(club), { sort: "balance", order });
      const known = items.map(({ balanceMinor }) => balanceMinor !== null);
      expect(known, order).toEqual(known.toSorted((left, right) => Number(right) - Number(left)));
      const amounts = items.flatMap(({ balanceMinor }) => (balanceMinor === null ? [] : [Number(balanceMinor)]));
      expect(amounts, order).toEqual(amounts.toSorted((left, right) => (order === "asc" ? left - right : right - left)));
    }
  });

  test("goes on only in the order it was begun in", async () => {
    const { nextCursor } = await withClub(at(club), (tx) =>
      readPeople(tx, at(club), {
        ...PeopleFilter.parse({ sort: "name", order: "asc" }),
        greenDays: 30,
        cursor: null,
        limit: PAGE_SIZE,
      }),
    );
    await expect(listPeople(at(club), { sort: "name", order: "desc", cursor: nextCursor })).rejects.toMatchObject({ code: "invalid" });
    await expect(listPeople(at(club), { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid" });
  });
});

test("a page ends where it is told to, in any order, and what came in between is on it", async () => {
  const orders = fc.record({
    sort: fc.constantFrom("newest", "name", "status", "balance", "last_visit", "visits", "joined"),
    order: fc.constantFrom("asc", "desc"),
  });
  await fc.assert(
    fc.asyncProperty(orders, async (filter) => {
      const read = (cursor: string | null, asked: { readonly limit: number; readonly until?: string | null }) =>
        withClub(at(club), (tx) => readPeople(tx, at(club), { ...PeopleFilter.parse(filter), greenDays: 30, cursor, ...asked }), {
          fixedNow: NOW,
        });
      const first = await read(null, { limit: PAGE_SIZE });
      const second = await read(first.nextCursor, { limit: PAGE_SIZE });
      const between = await read(first.nextCursor, { limit: 10 * PAGE_SIZE, until: second.nextCursor });
      expect(between.items).toEqual(second.items);
      expect(between.nextCursor).toBeNull();
      expect((await read(null, { limit: 1, until: second.nextCursor })).nextCursor).not.toBeNull();
    }),
    { numRuns: 30 },
  );
});

test("conditions narrow a segment together", async () => {
  const { items } = await listPeople(at(club), { statuses: ["active"], owesMinor: 10_000, noVisitDays: 40 });
  expect(items.length).toBeGreaterThan(0);
  for (const { balanceMinor, lastVisitAt, status } of items) {
    expect(status).toBe("active");
    expect(Number(balanceMinor)).toBeGreaterThanOrEqual(10_000);
    expect(lastVisitAt?.getTime()).toBeLessThan(NOW.getTime() - 39 * 86_400_000);
  }
});

test("lapsed is who has an agreement and has not been in for sixty days of the club's calendar", async () => {
  const home = await makeClub({ timeZone: "America/Denver" });
  const add = async (firstName: string, overrides: Parameters<typeof makeMember>[2]): Promise<void> => {
    const { contact } = await makeContact(home);
    await makeMember(home, contact.id, { firstName, lastName: "Hale", ...overrides });
  };
  // 2026-11-20 in Denver; sixty days before is 2026-09-21, which ends there at 06:00 UTC of the next day.
  await add("Edge", { lastVisitAt: new Date("2026-09-22T05:59:00.000Z") });
  await add("Recent", { lastVisitAt: new Date("2026-09-22T06:00:00.000Z") });
  await add("Never", { lastVisitAt: null });
  await add("Left", { lastVisitAt: new Date("2026-01-01T00:00:00.000Z"), status: "cancelled" });
  const { items } = await listPeople(at(home), { segment: "lapsed" });
  expect(items.map(({ name }) => name)).toEqual(["Edge Hale"]);
});

describe("an export", () => {
  test("is the list as a table, noted with how many it names", async () => {
    const file = await exportPeople(at(club, "manager"), { filter: { statuses: ["past_due"] } });
    const lines = file.body.trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^\u{FEFF}Name,Phone,E-mail,Status/u);
    expect(lines).toHaveLength(1 + 7);
    const audit = await database().owner.auditLog.findMany({ where: { clubId: club.id, action: "members.exported" } });
    expect(audit).toMatchObject([
      { actorId: club.people.manager.userId, details: { segment: "members", peopleCount: 7, isChosen: false } },
    ]);
  });

  test("of chosen people names those and nobody of another club", async () => {
    const other = await makeClub();
    const { contact } = await makeContact(other);
    const foreign = await makeMember(other, contact.id, { firstName: "Foreign" });
    const { items } = await listPeople(at(club), {});
    const chosen = items.slice(0, 2).map(({ id }) => id);
    const file = await exportPeople(at(club, "manager"), { filter: {}, personIds: [...chosen, foreign] });
    expect(file.body.trimEnd().split("\r\n")).toHaveLength(3);
    expect(file.body).not.toContain("Foreign");
  });

  test("is refused to whoever may only look", async () => {
    await expect(exportPeople(at(club), { filter: {} })).rejects.toMatchObject({ code: "forbidden" });
  });
});
