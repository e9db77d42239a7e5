import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { listAlerts } from "#server/services/alerts/list-alerts.ts";
import { tryQuestion } from "#server/services/knowledge/try-question.ts";
import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { publishPolicy } from "#server/testing/scripted-line.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { askSpecialDays } from "./ask-special-days.ts";
import { createNotice } from "./create-notice.ts";
import { decideSpecialDay } from "./decide-special-day.ts";
import { endNotice } from "./end-notice.ts";
import { listClubsToAsk } from "./list-clubs-to-ask.ts";
import { listNotices } from "./list-notices.ts";
import { listSpecialDays } from "./list-special-days.ts";

useDatabase();

/** Saturday noon in Denver. */
const NOON = new Date("2026-11-21T19:00:00.000Z");

let club: TestClub;
beforeEach(async () => {
  club = await makeClub({ timeZone: "America/Denver" });
});

const at = (ctx: ServiceContext, now: Date): ServiceContext => ({ ...ctx, fixedNow: now });
const staffAt = (now = NOON) => at(club.as.staff, now);
const managerAt = (now = NOON) => at(club.as.manager, now);
const machineAt = (now = NOON) => at(systemContext(scopeOf(club), { job: "ask-special-days" }), now);
const quoted = async (question: string, now = NOON) => {
  const tried = await tryQuestion(staffAt(now), { question });
  return tried.kind === "quoted" ? tried.text : null;
};

describe("a notice", () => {
  const POOL = "is the pool open?";

  test("is said at once and ends by itself at the end of its last day on the club's clock", async () => {
    const { noticeId } = await createNotice(staffAt(), { text: "The pool is closed", untilOn: "2026-11-27" });
    expect(await quoted(POOL)).toContain("The pool is closed");
    const lastMoment = new Date("2026-11-28T06:59:59.999Z");
    expect(await quoted(POOL, lastMoment)).toContain("The pool is closed");
    expect(await listNotices(staffAt(lastMoment))).toMatchObject([
      { id: noticeId, untilOn: "2026-11-27", createdBy: club.people.staff.name },
    ]);
    const midnight = new Date("2026-11-28T07:00:00.000Z");
    expect(await quoted(POOL, midnight)).toBeNull();
    expect(await listNotices(staffAt(midnight))).toEqual([]);
    expect(await database().owner.auditLog.findMany({ where: { entityId: noticeId } })).toMatchObject([{ action: "notice.created" }]);
  });

  test("of a day on which the clocks change ends at that day's midnight", async () => {
    await createNotice(staffAt(new Date("2026-10-31T18:00:00.000Z")), { text: "The pool is closed", untilOn: "2026-11-01" });
    const [row] = await database().owner.clubNotice.findMany({ where: { clubId: club.id } });
    expect(row?.validUntil).toEqual(new Date("2026-11-02T07:00:00.000Z"));
  });

  test("may be ended earlier by anybody of the staff, once, and by nobody of another club", async () => {
    const { noticeId } = await createNotice(staffAt(), { text: "The pool is closed", untilOn: "2026-11-27" });
    const foreign = await makeClub();
    await expect(endNotice(at(foreign.as.owner, NOON), { noticeId })).rejects.toMatchObject({ code: "precondition_failed" });
    await endNotice(staffAt(), { noticeId });
    expect(await quoted(POOL)).toBeNull();
    await expect(endNotice(staffAt(), { noticeId })).rejects.toMatchObject({ code: "precondition_failed" });
  });

  test.each(["2026-11-20", "2027-06-01"])("that ends on %s is refused", async (untilOn) => {
    await expect(createNotice(staffAt(), { text: "The pool is closed", untilOn })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a holiday", () => {
  const nineToFive = [{ startMinute: 540, endMinute: 1_020 }];
  const usual = [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, nineToFive] as const;
  const QUESTION = "are you open on thanksgiving?";
  beforeEach(() => publishPolicy(club, { hours: { opening: [...usual] } }));

  test("is asked about two weeks ahead with one card, once however often the job runs", async () => {
    expect(await askSpecialDays(machineAt(new Date("2026-11-11T19:00:00.000Z")))).toEqual({ askedCount: 1 });
    expect(await listSpecialDays(staffAt(new Date("2026-11-11T19:00:00.000Z")))).toMatchObject([{ name: "Veterans Day" }]);
    expect(await askSpecialDays(machineAt(new Date("2026-11-12T19:00:00.000Z")))).toEqual({ askedCount: 1 });
    expect(await Promise.all([askSpecialDays(machineAt()), askSpecialDays(machineAt())])).toEqual([{ askedCount: 0 }, { askedCount: 0 }]);
    expect(await listSpecialDays(staffAt())).toMatchObject([{ onDate: "2026-11-26", name: "Thanksgiving", status: "asked" }]);
    const cards = (await listAlerts(staffAt())).filter(({ kind }) => kind === "holiday_hours");
    expect(cards.map(({ title, count }) => [title, count])).toEqual([
      ["What are your hours on Thanksgiving?", 1],
      ["What are your hours on Veterans Day?", 1],
    ]);
  });

  test("of a club that pays in Canadian dollars is a Canadian one", async () => {
    await database().owner.club.update({ where: { id: club.id }, data: { currency: "CAD" } });
    await askSpecialDays(machineAt(new Date("2026-12-16T19:00:00.000Z")));
    const names = (await listSpecialDays(staffAt(new Date("2026-12-16T19:00:00.000Z")))).map(({ name }) => name);
    expect(names).toEqual(["Christmas Eve", "Christmas Day", "Boxing Day"]);
  });

  test("is not guessed: nothing is said of it until a manager has decided, and then the decision is", async () => {
    await askSpecialDays(machineAt());
    const [day] = await listSpecialDays(staffAt());
    const specialDayId = day?.id ?? newId("specialDay");
    expect([await quoted(QUESTION), await quoted("are you open on thursday?")]).toEqual([null, null]);
    await expect(decideSpecialDay(staffAt(), { specialDayId, decision: { status: "closed" } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await decideSpecialDay(managerAt(), { specialDayId, decision: { status: "closed" } });
    expect(await quoted(QUESTION)).toContain("closed");
    expect((await listAlerts(staffAt())).filter(({ kind }) => kind === "holiday_hours")).toEqual([]);
    await decideSpecialDay(managerAt(), {
      specialDayId,
      decision: { status: "open", openSpans: [{ startMinute: 480, endMinute: 720 }], staffedSpans: [] },
    });
    expect(await quoted(QUESTION)).toContain("from 8 am to noon");
    expect(await database().owner.auditLog.findMany({ where: { entityId: specialDayId }, orderBy: { id: "asc" } })).toMatchObject([
      { action: "day.asked" },
      { action: "day.decided" },
      { action: "day.decided" },
    ]);
  });

  test("of another club is as missing as one that does not exist, and open hours need a beginning and an end", async () => {
    await askSpecialDays(machineAt());
    const [day] = await listSpecialDays(staffAt());
    const foreign = await makeClub();
    for (const specialDayId of [day?.id ?? newId("specialDay"), newId("specialDay")]) {
      const attempt = decideSpecialDay(at(foreign.as.owner, NOON), { specialDayId, decision: { status: "closed" } });
      await expect(attempt).rejects.toMatchObject({ code: "not_found", message: "special day not found" });
    }
    const nothing = {
      specialDayId: day?.id ?? newId("specialDay"),
      decision: { status: "open" as const, openSpans: [], staffedSpans: [] },
    };
    await expect(decideSpecialDay(managerAt(), nothing)).rejects.toThrow(/from when to when/);
  });
});

test("every club is asked", async () => {
  const other = await makeClub();
  expect((await listClubsToAsk()).map(({ clubId }) => clubId)).toEqual(expect.arrayContaining([club.id, other.id]));
});
