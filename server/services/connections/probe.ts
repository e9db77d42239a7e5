import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { Capability } from "#server/connectors/ports.ts";
import type { ConnectorSetup } from "#server/connectors/setup.ts";
import { newId } from "#server/platform/ids.ts";
import { log } from "#server/platform/logger.ts";
import { failedTest, type FailedTest } from "#server/services/connections/failure-words.ts";
import { buildConnector, forgetStanding } from "#server/services/connections/open-connector.ts";
import { splitValues, type Values } from "#server/services/connections/setup-values.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** A person waits for the answer; a vendor that needs longer is told of as not answering. */
const PROBE_TIMEOUT_MS = 15_000;

export type PassedTest = {
  readonly kind: "ok";
  /** What the vendor calls the account, such as a number or an address. */
  readonly account: string;
};
export type TestResult = PassedTest | FailedTest;

export type Probe = (PassedTest & { readonly capabilities: readonly Capability[] }) | FailedTest;

type Account = {
  readonly setup: ConnectorSetup;
  readonly timeZone: string;
  readonly values: Values;
  /** Where there is one already: its relay is bound to it. */
  readonly connectionId?: string;
};

/**
 * Asks the vendor whether these values are good, with a login of their own: what another login still may do says
 * nothing about them. Never inside a transaction. A failure is an answer, not an exception.
 */
export const probe = async (ctx: ServiceContext, { setup, timeZone, values, connectionId }: Account): Promise<Probe> => {
  const apart = newId("connection");
  try {
    const { credentials, settings } = splitValues(setup, values);
    const connector = buildConnector(ctx, {
      connectionId: connectionId ?? apart,
      apart,
      provider: setup.provider,
      credentials,
      settings: { timeZone, ...settings },
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    const { account } = await connector.check();
    return { kind: "ok", account, capabilities: connector.capabilities };
  } catch (error) {
    if (error instanceof ConnectorError) {
      return failedTest(error);
    }
    log.error({ err: error, clubId: ctx.clubId, provider: setup.provider }, "a test of a connection failed unexpectedly");
    return failedTest(new ConnectorError("unavailable", "the test failed in an unexpected way", { cause: error }));
  } finally {
    forgetStanding(apart);
  }
};
