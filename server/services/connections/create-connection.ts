import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { assertRecentSignIn } from "#server/domain/recent-sign-in.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import type { FailedTest } from "#server/services/connections/failure-words.ts";
import { staleAfterSeconds } from "#server/services/connections/freshness.ts";
import { probe, type Probe } from "#server/services/connections/probe.ts";
import { checkedValues, setupOf, splitValues } from "#server/services/connections/setup-values.ts";
import { storeChannel } from "#server/services/connections/store-channel.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** Fits a row of the list. */
const NAME_MAX_CHARACTERS = 60;
export const ConnectionName = z.string().trim().min(1, "a name is needed").max(NAME_MAX_CHARACTERS);

export const CreateConnectionInput = z.object({
  provider: Provider,
  name: ConnectionName.optional(),
  /** By the names of the vendor's set-up; secrets too. */
  values: z.record(z.string(), z.string()),
});

export type CreateConnectionResult =
  | { readonly kind: "connected"; readonly connectionId: Id<"connection">; readonly account: string }
  | FailedTest;

/**
 * Connects a vendor: the values are judged, then tried at the vendor, and only what it accepts is stored.
 * @throws `invalid` for values that cannot be right, `conflict` for a number or inbox that is connected already,
 * `sign_in_required` for a session that began a while ago
 */
export const createConnection = async (
  ctx: ServiceContext,
  raw: z.input<typeof CreateConnectionInput>,
): Promise<CreateConnectionResult> => {
  assertCan(ctx, "connection.manage");
  const input = CreateConnectionInput.parse(raw);
  const setup = setupOf(input.provider);
  const values = checkedValues(setup, input.values);
  const timeZone = await timeZoneForChange(ctx);
  const tried: Probe = isPairedLater(setup.pairing, values)
    ? { kind: "ok", account: setup.name, capabilities: setup.capabilities }
    : await probe(ctx, { setup, timeZone, values });
  if (tried.kind === "failed") {
    return tried;
  }
  const { account, capabilities } = tried;
  const name = input.name ?? setup.name;
  const connectionId = newId("connection");
  const { credentials, settings } = splitValues(setup, values);
  await inTransaction(ctx, async (tx) => {
    const sealedCredentials = await sealCredentials(tx, ctx, { connectionId, credentials });
    await tx.db.connection.createMany({
      data: {
        id: connectionId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        provider: input.provider,
        name,
        status: "active",
        settings,
        sealedCredentials,
        lastSuccessAt: staleAfterSeconds(input.provider) === null && setup.pairing === undefined ? tx.now : null,
        nextPollAt: capabilities.includes("inbox.poll") ? tx.now : null,
        createdAt: tx.now,
        updatedAt: tx.now,
      },
    });
    await storeChannel(tx, ctx, { setup, connectionId, name, values });
    await recordAudit(tx, ctx, { action: "connection.connected", entityId: connectionId, details: { provider: input.provider } });
    tx.news.changes.push({ topic: "connection" });
  });
  return { kind: "connected", connectionId, account };
};

/** What is reached through a relay cannot be tried before the relay is paired, and that needs the connection to exist. */
export const isPairedLater = (
  pairing: { readonly field: string; readonly value: string } | undefined,
  values: Readonly<Record<string, string>>,
): boolean => pairing !== undefined && values[pairing.field] === pairing.value;

/** Read where the change begins: what follows holds for whoever signed in just now. */
const timeZoneForChange = async (ctx: ServiceContext): Promise<string> => {
  const club = await withClub(
    ctx,
    (tx) => {
      assertRecentSignIn(ctx.actor, tx.now);
      return tx.db.club.findFirst({ where: { id: ctx.clubId }, select: { timeZone: true } });
    },
    { fixedNow: ctx.fixedNow },
  );
  if (club === null) {
    throw notFound("club");
  }
  return club.timeZone;
};
