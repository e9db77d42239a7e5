import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConversation, makeMessage, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { getBrief } from "./get-brief.ts";
import { writeBrief } from "./write-brief.ts";

useDatabase();

let club: TestClub;
beforeEach(async () => {
  club = await makeClub({ timeZone: "America/Denver" });
});

const at = (now: string): ServiceContext => ({ ...systemContext(scopeOf(club), { job: "write-briefs" }), fixedNow: new Date(now) });
const briefs = () => database().owner.brief.findMany({ where: { clubId: club.id }, orderBy: { onDate: "asc" } });

describe("the brief of seven o'clock", () => {
  test("is written once a day on the club's clock, however often and by how many the job runs", async () => {
    expect(await writeBrief(at("2026-11-21T13:59:00Z"))).toEqual({ isNew: false });
    const runs = await Promise.all([writeBrief(at("2026-11-21T14:00:00Z")), writeBrief(at("2026-11-21T14:00:00Z"))]);
    expect(runs.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await writeBrief(at("2026-11-22T06:59:00Z"))).toEqual({ isNew: false });
    expect(await writeBrief(at("2026-11-22T14:05:00Z"))).toEqual({ isNew: true });
    expect((await briefs()).map(({ onDate, since }) => [onDate, since.toISOString()])).toEqual([
      ["2026-11-21", "2026-11-20T14:00:00.000Z"],
      ["2026-11-22", "2026-11-21T14:00:00.000Z"],
    ]);
  });

  test("comes at seven by the wall clock on both sides of a change of clocks", async () => {
    expect(await writeBrief(at("2026-10-31T13:00:00Z"))).toEqual({ isNew: true });
    expect(await writeBrief(at("2026-11-01T13:59:00Z"))).toEqual({ isNew: false });
    expect(await writeBrief(at("2026-11-01T14:00:00Z"))).toEqual({ isNew: true });
  });

  test("of a day on which nothing happened says so", async () => {
    await writeBrief(at("2026-11-21T14:00:00Z"));
    expect(await getBrief(club.as.staff)).toEqual({ onDate: "2026-11-21", happened: "No messages came in.", needsYou: [] });
  });

  test("counts what came in since the one before and what waits now, of this club alone", async () => {
    const other = await makeClub({ franchiseId: club.franchiseId });
    for (const where of [club, other]) {
      const { conversation } = await makeConversation(where, { needsYou: "escalation", waitingSince: new Date("2026-11-20T22:30:00Z") });
      await makeMessage(where, conversation.id, { receivedAt: new Date("2026-11-20T22:30:00Z") });
      await makeMessage(where, conversation.id, { receivedAt: new Date("2026-11-19T22:30:00Z") });
      await makeConversation(where, { handledBy: "staff", requiresResponse: true });
      await database().owner.ticket.create({
        data: {
          id: newId("ticket"),
          ...scopeOf(where),
          title: "Call",
          detail: "",
          dueAt: new Date("2026-11-21T13:00:00Z"),
          status: "open",
          createdAt: new Date("2026-11-20T13:00:00Z"),
        },
      });
      await database().owner.specialDay.create({
        data: {
          id: newId("specialDay"),
          ...scopeOf(where),
          onDate: "2026-11-26",
          name: "Thanksgiving",
          status: "asked",
          createdAt: new Date("2026-11-12T13:00:00Z"),
        },
      });
      await database().owner.connection.updateMany({ where: { clubId: where.id }, data: { status: "needs_reauth", name: "Texts" } });
    }
    await writeBrief(at("2026-11-21T14:00:00Z"));
    expect(await getBrief(club.as.staff)).toEqual({
      onDate: "2026-11-21",
      happened: "1 message came in; Spotter answered 0 times alone.",
      needsYou: [
        "1 conversation needs a person, the oldest since Friday 10:00 AM.",
        "1 conversation that staff hold was left unanswered.",
        "1 task is overdue.",
        "Not working: Texts.",
        "The hours of 1 holiday are undecided.",
      ],
    });
    expect(await getBrief(other.as.staff)).toBeNull();
  });

  test("is told once to each connection that tells people", async () => {
    const connection = await database().owner.connection.create({
      data: {
        id: newId("connection"),
        ...scopeOf(club),
        provider: "slack",
        name: "Slack",
        status: "active",
        settings: {},
        sealedCredentials: {},
        createdAt: new Date("2026-11-01T00:00:00Z"),
        updatedAt: new Date("2026-11-01T00:00:00Z"),
      },
    });
    await writeBrief(at("2026-11-21T14:00:00Z"));
    await writeBrief(at("2026-11-21T15:00:00Z"));
    const effects = await database().owner.effect.findMany({ where: { clubId: club.id } });
    expect(effects).toMatchObject([
      { kind: "notice.post", plannedBy: "system", connectionId: connection.id, arguments: { decision: null } },
    ]);
  });
});
