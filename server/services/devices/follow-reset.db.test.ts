import type { ResetProgress } from "#server/connectors/acts.ts";
import { ConnectorError } from "#server/connectors/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { beforeEach, expect, test } from "vitest";

import { followReset, RESET_MAX_MINUTES } from "./follow-reset.ts";

useDatabase();

let progress: ResetProgress | null = null;
useScriptedConnector("ninjaone", () => ({
  capabilities: ["device.reset"],
  check: () => Promise.resolve({ account: "scripted" }),
  devices: {
    find: () => Promise.resolve([]),
    reset: () => Promise.resolve({ vendorReference: null }),
    follow: () => (progress === null ? Promise.reject(new ConnectorError("unavailable", "away")) : Promise.resolve(progress)),
  },
}));

let club: TestClub;
let system: ServiceContext;
let effectId: Id<"effect">;

beforeEach(async () => {
  progress = null;
  club = await makeClub();
  const { id } = await makeConnection(club, { provider: "ninjaone" });
  system = systemContext(scopeOf(club), { job: "test" });
  effectId = await inTransaction(system, (tx) =>
    planEffect(tx, system, {
      effectKey: "reset-3",
      kind: "device.reset",
      plannedBy: "system",
      needsApproval: null,
      connectionId: id as Id<"connection">,
      purpose: "service",
      arguments: { deviceExternalId: "d3", deviceName: "Bay 3" },
    }),
  );
  await dispatchEffect(system, { effectId });
});

const owner = () => database().owner;
const effect = () => owner().effect.findUniqueOrThrow({ where: { id: effectId } });
const alerts = () => owner().alert.findMany({ where: { effectId, resolvedAt: null } });

test("a reset that was accepted asks to be watched", async () => {
  expect(await owner().outboxEvent.findFirst({ where: { clubId: club.id, name: "devices/reset.started" } })).toMatchObject({
    payload: { effectId, clubId: club.id },
  });
});

test("while it runs, or the vendor is away, nothing is said; its end is kept with the effect", async () => {
  expect(await followReset(system, { effectId })).toEqual({ state: "running" });
  progress = { state: "running", vendorReference: "series-1", detail: null };
  expect(await followReset(system, { effectId })).toEqual({ state: "running" });
  progress = { state: "succeeded", vendorReference: "series-1", detail: "Script completed" };
  expect(await followReset(system, { effectId })).toEqual({ state: "succeeded" });
  expect(await effect()).toMatchObject({ vendorReference: "series-1", result: { state: "succeeded", detail: "Script completed" } });
  expect(await alerts()).toEqual([]);
});

test("a reset that failed is a card with the vendor's words", async () => {
  progress = { state: "failed", vendorReference: "series-1", detail: "agent offline" };
  expect(await followReset(system, { effectId })).toEqual({ state: "failed" });
  expect(await alerts()).toMatchObject([{ title: "Bay 3 was not reset", detail: "agent offline" }]);
});

test("a reset of which nobody ever hears counts as failed when its time is over", async () => {
  await owner().effect.update({ where: { id: effectId }, data: { dispatchedAt: new Date(Date.now() - (RESET_MAX_MINUTES + 1) * 60_000) } });
  expect(await followReset(system, { effectId })).toEqual({ state: "failed" });
  expect(await alerts()).toMatchObject([{ detail: "the vendor never said how it ended" }]);
});

test("a reset of another club does not exist here", async () => {
  const other = await makeClub();
  await expect(followReset(systemContext(scopeOf(other), { job: "test" }), { effectId })).rejects.toMatchObject({ code: "not_found" });
});
