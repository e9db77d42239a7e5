import "server-only";

import type { z } from "zod";

import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { ConnectionInput, readConnection, type StoredConnection } from "#server/services/connections/connection-row.ts";
import { markHealthy } from "#server/services/connections/mark-healthy.ts";
import { forgetStanding } from "#server/services/connections/open-connector.ts";
import { probe, type TestResult } from "#server/services/connections/probe.ts";
import { noteFailure } from "#server/services/connections/record-failure.ts";
import { setupOf } from "#server/services/connections/setup-values.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/**
 * Tries the stored credentials at the vendor, which changes nothing there. What comes out is shown on the connection:
 * a success ends its errors and closes their cards, a failure counts and raises one. A paused connection can be tried too.
 */
export const testConnection = async (ctx: ServiceContext, raw: z.input<typeof ConnectionInput>): Promise<TestResult> => {
  assertCan(ctx, "connection.manage");
  const { connectionId } = ConnectionInput.parse(raw);
  const stored = await withClub(ctx, (tx) => readConnection(tx, ctx, connectionId));
  const result = await tried(ctx, stored);
  await inTransaction(ctx, async (tx) => {
    if (result.kind === "ok") {
      await markHealthy(tx, ctx, { connectionId, provider: stored.provider });
    } else {
      await noteFailure(tx, ctx, { connectionId, failure: { kind: result.failure, detail: result.detail }, alertFrom: 1 });
    }
    const details = { result: result.kind === "ok" ? "ok" : result.failure };
    await recordAudit(tx, ctx, { action: "connection.tested", entityId: connectionId, details });
  });
  if (result.kind === "ok") {
    // A pause of calls that this process still keeps is over: the vendor has just answered.
    forgetStanding(connectionId);
  }
  return result;
};

const tried = (ctx: ServiceContext, { id, provider, timeZone, settings, credentials }: StoredConnection): Promise<TestResult> =>
  probe(ctx, { setup: setupOf(provider), timeZone, values: { ...settings, ...credentials }, connectionId: id });
