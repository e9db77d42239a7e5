import { consentFor } from "#server/domain/sending/consent.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeInbound, makeMember, minutesAfter, scopeOf, type TestClub } from "#server/testing/factories.ts";
import type { Id } from "#server/domain/ids.ts";
import { describe, expect, test } from "vitest";

import { getPerson } from "./get-person.ts";
import { listTimeline, TIMELINE_PAGE_SIZE } from "./list-timeline.ts";
import { recordConsent } from "./record-consent.ts";

useDatabase();

/** Somebody who has written, with a membership. */
const makePersonOf = async (club: TestClub): Promise<Id<"contact">> => {
  const { conversation } = await makeInbound(club, { name: "Robin Hale" });
  const contactId = conversation.contactId as Id<"contact">;
  await makeMember(club, contactId, { firstName: "Robin", lastName: "Hale", balanceMinor: 7_500n });
  return contactId;
};

const addVisits = async (club: TestClub, contactId: string, count: number): Promise<void> => {
  const { id: memberId } = await database().owner.member.findFirstOrThrow({ where: { contactId } });
  await database().owner.visit.createMany({
    data: Array.from({ length: count }, (_value, index) => ({
      id: newId("visit"),
      ...scopeOf(club),
      memberId,
      // Two at each instant of different members cannot be; the pages must hold at any distance.
      at: minutesAfter(index * 7),
    })),
  });
};

describe("the page of a person", () => {
  test("tells what is owed, the conversations, and who else has the number", async () => {
    const club = await makeClub();
    const contactId = await makePersonOf(club);
    const { address } = await database().owner.contactIdentity.findFirstOrThrow({ where: { contactId } });
    const other = await makeInbound(club, { name: "Sam Hale" });
    const phone = address ?? "";
    await makeMember(club, other.conversation.contactId, { firstName: "Sam", lastName: "Hale", phone, phoneKey: addressKey(phone) });
    const person = await getPerson(club.as.staff, { contactId });
    expect(person).toMatchObject({
      name: "Robin Hale",
      members: [{ balanceMinor: "7500", status: "active" }],
      sharedWith: [{ name: "Sam Hale", by: "phone" }],
    });
    expect(person.conversations).toHaveLength(1);
  });

  test("of another club looks exactly like a missing one, and so does everything on it", async () => {
    const [home, other] = [await makeClub(), await makeClub()];
    const contactId = await makePersonOf(other);
    const missing = newId("contact");
    for (const id of [contactId, missing]) {
      await expect(getPerson(home.as.owner, { contactId: id })).rejects.toMatchObject({
        code: "not_found",
        message: "person not found",
      });
      await expect(listTimeline(home.as.owner, { contactId: id })).rejects.toMatchObject({ code: "not_found" });
      await expect(
        recordConsent(home.as.owner, { contactId: id, purpose: "service", channelKind: "sms", isGranted: true, wording: "Yes please" }),
      ).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await database().owner.consent.count({ where: { contactId } })).toBe(0);
  });
});

describe("the story of a person", () => {
  test("has everything once, newest first, over all pages", async () => {
    const club = await makeClub();
    const contactId = await makePersonOf(club);
    await addVisits(club, contactId, 2 * TIMELINE_PAGE_SIZE + 5);
    const seen: { id: string; at: Date }[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listTimeline(club.as.staff, { contactId, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    const messages = await database().owner.message.count({ where: { clubId: club.id } });
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen).toHaveLength(2 * TIMELINE_PAGE_SIZE + 5 + messages);
    expect(seen.map(({ at }) => at.getTime())).toEqual(seen.map(({ at }) => at.getTime()).toSorted((left, right) => right - left));
  });

  test("puts every source in its group and nothing of it anywhere else", async () => {
    const club = await makeClub();
    const contactId = await makePersonOf(club);
    await addVisits(club, contactId, 1);
    const scope = { ...scopeOf(club), contactId };
    const { owner } = database();
    await owner.paymentPromise.create({
      data: {
        id: newId("paymentPromise"),
        ...scope,
        dueWhenMadeMinor: 7_500n,
        currency: "USD",
        promisedOn: "2026-11-25",
        status: "open",
        madeBy: club.people.staff.userId,
        createdAt: MADE_AT,
      },
    });
    await owner.collectionAttempt.create({
      data: {
        id: newId("collectionAttempt"),
        ...scope,
        tier: "call",
        amountMinor: 7_500n,
        currency: "USD",
        episodeOn: "2026-11-01",
        at: MADE_AT,
      },
    });
    await owner.billingHold.create({
      data: {
        id: newId("billingHold"),
        ...scope,
        kind: "hardship",
        reason: "lost the job",
        since: MADE_AT,
        placedBy: club.people.staff.userId,
        createdAt: MADE_AT,
        updatedAt: MADE_AT,
      },
    });
    await recordConsent(club.as.staff, { contactId, purpose: "billing", channelKind: "sms", isGranted: true, wording: "Text me the bill" });
    const kindsOf = async (group: "talk" | "money" | "visits" | "decisions" | "consents") =>
      (await listTimeline(club.as.staff, { contactId, groups: [group] })).items.map(({ kind }) => kind).toSorted();
    expect(await kindsOf("talk")).toEqual(["message"]);
    expect(await kindsOf("money")).toEqual(["hold", "promise", "reminder"]);
    expect(await kindsOf("visits")).toEqual(["visit"]);
    expect(await kindsOf("decisions")).toEqual([]);
    expect(await kindsOf("consents")).toEqual(["consent"]);
    expect((await listTimeline(club.as.staff, { contactId })).items).toHaveLength(6);
    expect((await listTimeline(club.as.staff, { contactId, groups: ["money"] })).items.find(({ kind }) => kind === "hold")).toMatchObject({
      by: club.people.staff.name,
      text: "lost the job",
    });
  });
});

describe("a word on being written to", () => {
  const wishOf = async (club: TestClub, contactId: string) => {
    const rows = await database().owner.consent.findMany({ where: { clubId: club.id, contactId } });
    const facts = rows.map(({ channelKind, purpose, ...row }) => ({
      ...row,
      channelKind: channelKind as "sms",
      purpose: purpose as "marketing",
    }));
    return consentFor(facts, { purpose: "marketing", channelKind: "sms" });
  };

  test("spoken is a yes without proof, and the no after it counts", async () => {
    const club = await makeClub();
    const contactId = await makePersonOf(club);
    const said = { contactId, purpose: "marketing", channelKind: "sms" } as const;
    await recordConsent({ ...club.as.staff, fixedNow: minutesAfter(1) }, { ...said, isGranted: true, wording: "Send me your offers" });
    expect(await wishOf(club, contactId)).toBe("unproven");
    await recordConsent({ ...club.as.manager, fixedNow: minutesAfter(2) }, { ...said, isGranted: false, wording: "No more offers" });
    expect(await wishOf(club, contactId)).toBe("refused");
    expect((await getPerson(club.as.staff, { contactId })).consents).toMatchObject([
      { isGranted: false, isNewest: true, source: "spoken", wording: "No more offers", recordedBy: club.people.manager.name },
      { isGranted: true, isNewest: false, proof: null, recordedBy: club.people.staff.name },
    ]);
    const audit = await database().owner.auditLog.findMany({
      where: { clubId: club.id, action: { startsWith: "consent." } },
      orderBy: { createdAt: "asc" },
    });
    expect(audit.map(({ action, details }) => [action, details])).toEqual([
      ["consent.recorded", { contactId, purpose: "marketing", channelKind: "sms" }],
      ["consent.withdrawn", { contactId, purpose: "marketing", channelKind: "sms" }],
    ]);
  });

  test("is never written by the machinery", async () => {
    const club = await makeClub();
    const contactId = await makePersonOf(club);
    const agent = { ...club.as.staff, actor: { kind: "agent" as const, runId: newId("agentRun") } };
    await expect(
      recordConsent(agent, { contactId, purpose: "marketing", channelKind: "sms", isGranted: true, wording: "Yes please" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});
