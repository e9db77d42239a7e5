import { inTransaction } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { raiseAlert, settleAlert } from "./raise-alert.ts";

useDatabase();

let club: TestClub;

beforeEach(async () => {
  club = await makeClub();
});

const raise = (overrides: Partial<Parameters<typeof raiseAlert>[2]> = {}): Promise<void> =>
  inTransaction(club.as.staff, (tx) =>
    raiseAlert(tx, club.as.staff, {
      kind: "effect_unknown",
      severity: "warning",
      key: "effect:1",
      title: "Spotter is checking",
      detail: "no answer",
      ...overrides,
    }),
  );
const settle = (): Promise<void> => inTransaction(club.as.staff, (tx) => settleAlert(tx, club.as.staff, "effect:1"));
const cards = () => database().owner.alert.findMany({ where: { clubId: club.id }, orderBy: { id: "asc" } });

describe("honest states", () => {
  test("the same alarm many times at once is one card that counts", async () => {
    await Promise.all(Array.from({ length: 8 }, () => raise()));
    expect(await cards()).toMatchObject([{ count: 8, resolvedAt: null }]);
  });

  test("an alarm that became worse says so on its open card", async () => {
    await raise();
    await raise({ severity: "critical", title: "Please check with the vendor", detail: "sent twice" });
    expect(await cards()).toMatchObject([{ count: 2, severity: "critical", title: "Please check with the vendor", detail: "sent twice" }]);
  });

  test("after it was settled the same alarm opens a new card, and settling twice is quiet", async () => {
    await raise();
    await settle();
    await settle();
    await raise();
    expect((await cards()).map(({ resolvedAt }) => resolvedAt === null)).toEqual([false, true]);
    expect(await database().owner.outboxEvent.count({ where: { clubId: club.id, topic: "alert" } })).toBe(3);
  });
});
