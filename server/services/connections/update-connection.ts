import "server-only";

import { z } from "zod";

import type { ConnectorSetup } from "#server/connectors/setup.ts";
import { DomainError } from "#server/domain/errors.ts";
import { assertRecentSignIn } from "#server/domain/recent-sign-in.ts";
import { tidyValue } from "#server/domain/setup-values.ts";
import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { ConnectionInput, lockConnection, readConnection, type StoredConnection } from "#server/services/connections/connection-row.ts";
import { ConnectionName, isPairedLater } from "#server/services/connections/create-connection.ts";
import { sealCredentials, type SealedCredentials } from "#server/services/connections/credentials.ts";
import { markHealthy } from "#server/services/connections/mark-healthy.ts";
import { forgetStanding } from "#server/services/connections/open-connector.ts";
import { probe, type Probe, type TestResult } from "#server/services/connections/probe.ts";
import { checkedValues, setupOf, splitValues, type Values } from "#server/services/connections/setup-values.ts";
import { storeChannel } from "#server/services/connections/store-channel.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";

export const UpdateConnectionInput = ConnectionInput.extend({
  name: ConnectionName.optional(),
  /** What is new. A secret that is left out or empty stays; any other field that is empty is cleared. */
  values: z.record(z.string(), z.string()).default({}),
  /** Secrets of webhooks whose old value stays good beside the new one until the vendor has changed over. */
  keepOld: z.array(z.string()).default([]),
  /** Secrets of which two are accepted and the old one is to go. */
  dropOld: z.array(z.string()).default([]),
});
type Input = z.output<typeof UpdateConnectionInput>;

/**
 * Replaces credentials and settings while everything runs: the new ones are tried at the vendor first, and nothing is
 * changed when it refuses them. A login made with the old ones ends.
 * @throws `invalid` for values that cannot be right, `conflict` when somebody else has changed them meanwhile,
 * `sign_in_required` where more than the name changes and the session began a while ago
 */
export const updateConnection = async (ctx: ServiceContext, raw: z.input<typeof UpdateConnectionInput>): Promise<TestResult> => {
  assertCan(ctx, "connection.manage");
  const input = UpdateConnectionInput.parse(raw);
  const { connectionId } = input;
  const { before, readAt } = await withClub(ctx, async (tx) => ({ before: await readConnection(tx, ctx, connectionId), readAt: tx.now }), {
    fixedNow: ctx.fixedNow,
  });
  const setup = setupOf(before.provider);
  const after = checkedValues(setup, { ...knownValues(setup, before), ...newValues(setup, { before, input }) });
  const fields = Object.keys(after).filter((field) => (before.credentials[field] ?? before.settings[field]) !== after[field]);
  // A setting too: another address is told the credentials that are there.
  if (fields.length > 0) {
    assertRecentSignIn(ctx.actor, readAt);
  }
  const tried: Probe = isPairedLater(setup.pairing, after)
    ? { kind: "ok", account: setup.name, capabilities: setup.capabilities }
    : await probe(ctx, { setup, timeZone: before.timeZone, values: after, connectionId });
  if (tried.kind === "failed") {
    return tried;
  }
  const isPolled = tried.capabilities.includes("inbox.poll");
  await inTransaction(ctx, async (tx) => {
    await lockConnection(tx, ctx, connectionId);
    const current = await readConnection(tx, ctx, connectionId);
    // The plain values are compared: a rotation of keys meanwhile has changed nothing that was tried.
    if (!isSame(before.credentials, current.credentials) || !isSame(before.settings, current.settings)) {
      throw new DomainError("conflict", "somebody else has changed this connection meanwhile");
    }
    const name = input.name ?? current.name;
    await store(tx, ctx, { setup, current, after, name, isPolled });
    await storeChannel(tx, ctx, { setup, connectionId, name, values: after });
    await markHealthy(tx, ctx, { connectionId, provider: current.provider });
    await recordAudit(tx, ctx, { action: "connection.updated", entityId: connectionId, details: { fields: fields.join(", ") } });
  });
  forgetStanding(connectionId);
  return { kind: "ok", account: tried.account };
};

/** What is stored of the fields the set-up names, wherever it lies. */
const knownValues = ({ fields }: ConnectorSetup, { settings, credentials }: StoredConnection): Values => {
  const stored = { ...settings, ...credentials };
  return Object.fromEntries(
    fields.flatMap(({ name }): [string, string][] => {
      const value = stored[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
};

const newValues = ({ fields }: ConnectorSetup, { before, input }: { readonly before: StoredConnection; readonly input: Input }): Values => {
  const typed = Object.entries(input.values).flatMap(([name, text]): [string, string][] => {
    const field = fields.find((known) => known.name === name);
    const value = tidyValue(field?.kind ?? "text", text);
    if (field?.kind === "secret" && value === "") {
      return [];
    }
    const isDoubled = field?.takesTwo === true && input.keepOld.includes(name) && !/\s/.test(value);
    return [[name, isDoubled ? [value, newestOf(before.credentials[name])].join(" ").trim() : value]];
  });
  const left = input.dropOld.flatMap((name): [string, string][] => {
    const stored = before.credentials[name];
    return stored === undefined || fields.find((field) => field.name === name)?.takesTwo !== true ? [] : [[name, newestOf(stored)]];
  });
  return Object.fromEntries([...left, ...typed]);
};

/** The new one stands first. */
const newestOf = (stored: string | undefined): string => stored?.split(/\s+/)[0] ?? "";

type Change = {
  readonly setup: ConnectorSetup;
  readonly current: StoredConnection;
  readonly after: Values;
  readonly name: string;
  /** A switch among the settings may have given it an inbox, or taken it away. */
  readonly isPolled: boolean;
};

const store = async (tx: ServiceTx, ctx: ServiceContext, { setup, current, after, name, isPolled }: Change): Promise<void> => {
  const { credentials, settings } = splitValues(setup, after);
  const named = new Set(setup.fields.map((field) => field.name));
  const unnamed = Object.entries(current.settings).filter(([field]) => !named.has(field));
  await tx.db.connection.updateMany({
    where: { id: current.id, clubId: ctx.clubId },
    data: {
      name,
      settings: { ...Object.fromEntries(unnamed), ...settings },
      sealedCredentials: await resealed(tx, ctx, { setup, current, credentials }),
      nextPollAt: isPolled ? tx.now : null,
      updatedAt: tx.now,
    },
  });
};

/** What has not changed keeps its seal, and with it the time since when it has been there. */
const resealed = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { setup, current, credentials }: Pick<Change, "setup" | "current"> & { readonly credentials: Values },
): Promise<SealedCredentials> => {
  const isKept = (field: string): boolean => current.credentials[field] === credentials[field];
  const kept = Object.entries(current.sealed).filter(([field]) => isKept(field));
  const changed = Object.fromEntries(Object.entries(credentials).filter(([field]) => !isKept(field)));
  const sealed = await sealCredentials(tx, ctx, { connectionId: current.id, credentials: changed });
  const marked = Object.entries(sealed).map(([field, entry]): [string, SealedCredentials[string]] => {
    const takesTwo = setup.fields.find(({ name }) => name === field)?.takesTwo === true;
    return [field, takesTwo && /\s/.test(credentials[field] ?? "") ? { ...entry, isDouble: true } : entry];
  });
  return Object.fromEntries([...kept, ...marked]);
};

const isSame = (a: Values, b: Values): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value);
