import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { POST as answerRoute } from "#app/api/relay/answer/route.ts";
import { POST as nextRoute } from "#app/api/relay/next/route.ts";
import { startDemoRelays } from "#local/vendors/unifi-access/demo-relays.ts";
import { startUnifiAccess } from "#local/vendors/unifi-access/start-unifi-access.ts";
import { asId } from "#server/domain/ids.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { serveRoutes } from "#server/testing/relay-program.ts";

import { DEMO_CLUBS, DEMO_FRANCHISES } from "../demo.ts";
import { seedDemo } from "./seed-demo.ts";

useDatabase();

test("each demo club with a controller reaches its doors over its relay, without anybody pairing one", async () => {
  await seedDemo(database().owner);
  const app = await serveRoutes({ "/api/relay/next": nextRoute, "/api/relay/answer": answerRoute });
  const dataDir = mkdtempSync(path.join(tmpdir(), "demo-doors-"));
  const sandbox = await startUnifiAccess({ port: 0, appUrl: app.url, dataDir });
  const relays = startDemoRelays({
    clubs: DEMO_CLUBS,
    appUrl: app.url,
    controllerUrl: sandbox.url,
    fingerprint: sandbox.fingerprint(),
  });
  onTestFinished(async () => {
    await relays.close();
    await sandbox.close();
    await app.close();
  });
  const withDoors = DEMO_CLUBS.filter(({ unifi }) => unifi !== null);
  expect(withDoors.map(({ slug }) => slug)).toEqual(["ironwood-denver", "fairway-brooklyn"]);
  for (const club of withDoors) {
    const franchise = DEMO_FRANCHISES.find(({ clubs }) => clubs.includes(club));
    const scope = { franchiseId: asId("franchise", franchise?.id ?? ""), clubId: asId("club", club.id) };
    const connectionId = club.connections.unifiAccess ?? "";
    await expect
      .poll(() => database().owner.relay.count({ where: { connectionId, fingerprint: sandbox.fingerprint() } }), { timeout: 10_000 })
      .toBe(1);
    const connector = await openConnector(scope, { connectionId });
    expect((await connector.doors?.list())?.[0]?.externalId).toBe(`door-${club.slug}-front`);
    expect(connector.capabilities).toEqual(["door.pulse", "access.state", "door.events"]);
  }
});
