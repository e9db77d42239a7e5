import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeContact, makeMember, scopeOf, type TestClub } from "#server/testing/factories.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { listDebtors } from "./list-debtors.ts";
import { doorFactsOf, loadDebt } from "./load-facts.ts";
import { trackEpisodes } from "./track-episodes.ts";

useDatabase();

/** A Monday, 10:00 in Denver. */
const NOW = new Date("2026-11-23T17:00:00Z");
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

let club: TestClub;
let system: ServiceContext;

beforeEach(async () => {
  club = await makeClub();
  system = { ...systemContext(scopeOf(club), { job: "test" }), fixedNow: NOW };
});

const owner = () => database().owner;

/** Somebody whose balance was read half an hour ago, with the source that told it. */
const person = async (over: Partial<Prisma.MemberUncheckedCreateInput> = {}, readAt: Date | null = minutesAgo(30)) => {
  const { contact } = await makeContact(club);
  const memberId = await makeMember(club, contact.id, over);
  const { connectionId, externalId } = await owner().member.findUniqueOrThrow({ where: { id: memberId } });
  await owner().memberIdentity.updateMany({
    where: { memberId },
    data: { seenAt: readAt ?? NOW, balanceUnreadSince: readAt === null ? NOW : null },
  });
  return { contactId: contact.id, memberId, connectionId, externalId };
};

const debtOf = (contactId: string, now = NOW) =>
  inTransaction({ ...system, fixedNow: now }, async (tx) => (await loadDebt(tx, system, contactId)).debt);
const track = (now = NOW) => inTransaction({ ...system, fixedNow: now }, (tx) => trackEpisodes(tx, system, { payerIds: null }));

describe("what is owed", () => {
  test.each([
    ["dues alone", { balanceMinor: 4_500n }, 4_500n, "your membership"],
    [
      "training within the balance counts once",
      { balanceMinor: 9_000n, trainingBalanceMinor: 6_000n },
      9_000n,
      "your membership and personal training",
    ],
    ["training that the balance leaves out", { balanceMinor: 0n, trainingBalanceMinor: 6_000n }, 6_000n, "your personal training"],
    ["training where nobody tells a balance", { trainingBalanceMinor: 6_000n }, 6_000n, "your personal training"],
    ["a credit pays for training first", { balanceMinor: -2_000n, trainingBalanceMinor: 6_000n }, 4_000n, "your personal training"],
  ])("%s", async (_name, balances, dueMinor, what) => {
    const { contactId } = await person(balances);
    expect(await debtOf(contactId)).toMatchObject({ what, facts: { dueMinor, balanceReadAt: minutesAgo(30) } });
  });

  test("whoever pays for others owes for all of them, is written to alone, and no minor is a debtor of their own", async () => {
    const payer = await person({ balanceMinor: 1_000n, dateOfBirth: "1980-01-01" });
    const child = await person({ balanceMinor: 2_500n, dateOfBirth: "2012-01-01" });
    await owner().member.update({
      where: { id: child.memberId },
      data: { payerExternalId: payer.externalId, connectionId: payer.connectionId },
    });
    await owner().memberIdentity.updateMany({ where: { memberId: child.memberId }, data: { connectionId: payer.connectionId } });
    const page = await inTransaction(system, (tx) => listDebtors(tx, system, { after: null, limit: 10 }));
    expect(page).toEqual({ payerIds: [payer.contactId], next: null });
    const debt = await debtOf(payer.contactId);
    expect(debt).toMatchObject({ contactId: payer.contactId, facts: { dueMinor: 3_500n, isMinor: false } });
    expect(await debtOf(child.contactId)).toBeNull();
    const doors = await inTransaction(system, async (tx) => {
      const loaded = await loadDebt(tx, system, payer.contactId);
      return loaded.debt?.members.map(({ memberId }) => loaded.debt && doorFactsOf(loaded.debt, { club: loaded.club, memberId }).isMinor);
    });
    expect(doors).toEqual([false, true]);
  });

  test("a minor for whom nobody is known to pay is told to be one, until the birthday", async () => {
    const { contactId } = await person({ balanceMinor: 2_500n, dateOfBirth: "2008-11-24" });
    expect(await debtOf(contactId)).toMatchObject({ facts: { isMinor: true } });
    expect(await debtOf(contactId, new Date("2026-11-24T17:00:00Z"))).toMatchObject({ facts: { isMinor: false } });
  });

  test("a balance that could not be read the last time, or that no source tells any more, has no age", async () => {
    const unread = await person({ balanceMinor: 2_500n }, null);
    expect(await debtOf(unread.contactId)).toMatchObject({ facts: { balanceReadAt: null } });
    const failed = await person({ balanceMinor: 2_500n });
    await owner().memberIdentity.deleteMany({ where: { memberId: failed.memberId } });
    expect(await debtOf(failed.contactId)).toMatchObject({ facts: { balanceReadAt: null } });
  });
});

describe("an episode", () => {
  test("begins with the day the debt rises, goes on through every amount, ends at nothing, and the next one is another", async () => {
    const { contactId, memberId } = await person({ balanceMinor: 4_500n });
    const owes = (balanceMinor: bigint) => owner().member.update({ where: { id: memberId }, data: { balanceMinor } });
    const episodes = async () =>
      (await owner().debtEpisode.findMany({ where: { contactId }, orderBy: { startedOn: "asc" } })).map((row) => [
        row.startedOn,
        row.peakMinor,
        row.endedAt !== null,
      ]);
    await track();
    await track();
    await owes(9_000n);
    await track(new Date("2026-11-25T17:00:00Z"));
    await owes(3_000n);
    await track(new Date("2026-11-26T17:00:00Z"));
    expect(await episodes()).toEqual([["2026-11-23", 9_000n, false]]);
    expect(await debtOf(contactId, new Date("2026-12-01T17:00:00Z"))).toMatchObject({
      facts: { episodeOn: "2026-11-23", daysPastDue: 8 },
    });
    await owes(0n);
    await track(new Date("2026-12-01T17:00:00Z"));
    expect(await episodes()).toEqual([["2026-11-23", 9_000n, true]]);
    await owes(100n);
    await track(new Date("2026-12-02T17:00:00Z"));
    await owes(0n);
    await track(new Date("2026-12-02T18:00:00Z"));
    await owes(200n);
    await track(new Date("2026-12-02T19:00:00Z"));
    expect(await episodes()).toEqual([
      ["2026-11-23", 9_000n, true],
      ["2026-12-02", 200n, false],
    ]);
  });
});
