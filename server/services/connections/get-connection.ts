import "server-only";

import type { z } from "zod";

import type { Capability } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { ConnectorSetup, SetupField } from "#server/connectors/setup.ts";
import { notFound } from "#server/domain/errors.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { ConnectionInput } from "#server/services/connections/connection-row.ts";
import { SealedCredentials } from "#server/services/connections/credentials.ts";
import { wordsOfFailure } from "#server/services/connections/failure-words.ts";
import { lagOf } from "#server/services/connections/freshness.ts";
import { callsLeft, Settings } from "#server/services/connections/open-connector.ts";
import { webhookAddress } from "#server/services/connections/webhook-address.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { countHeld } from "#server/services/effects/hold-for-connection.ts";

/** A field as it stands: its value where that is no secret, and of a secret only that it is there and since when. */
export type FieldState = SetupField & {
  readonly value: string | null;
  readonly isSet: boolean;
  readonly changedAt: Date | null;
  /** Two are accepted at this time, because one is being replaced at the vendor. */
  readonly isDouble: boolean;
};

export type ConnectionDetail = {
  readonly id: Id<"connection">;
  readonly provider: Provider;
  readonly providerName: string;
  readonly name: string;
  readonly status: string;
  readonly pauseReason: string | null;
  readonly connectedAt: Date;
  readonly lastSuccessAt: Date | null;
  readonly lagSeconds: number | null;
  readonly isStale: boolean;
  readonly lastErrorAt: Date | null;
  /** Null once it works again. */
  readonly lastError: string | null;
  readonly errorCount: number;
  /** Sends and other deeds that wait for a pause to end. */
  readonly heldCount: number;
  /** `left` = calls that could go out at once, as this process knows it; null where it has made none. */
  readonly rate: { readonly left: number | null; readonly burst: number; readonly perSecond: number };
  readonly webhook: { readonly address: string; readonly where: string; readonly events: readonly string[] } | null;
  readonly capabilities: readonly Capability[];
  readonly caution: string | null;
  readonly fields: readonly FieldState[];
};

/** Everything about one connection but its secrets: those are opened for the vendor and for nobody else. */
export const getConnection = async (ctx: ServiceContext, raw: z.input<typeof ConnectionInput>): Promise<ConnectionDetail> => {
  assertCan(ctx, "connection.read");
  const { connectionId } = ConnectionInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const row = await rowOf(tx, ctx, connectionId);
      const provider = Provider.parse(row.provider);
      const setup = CONNECTORS[provider]?.setup;
      if (setup === undefined) {
        throw notFound("connection");
      }
      const { nextPollAt, status } = row;
      const lag = lagOf({ provider, status, nextPollAt, since: row.lastSuccessAt ?? row.createdAt }, tx.now);
      return {
        id: asId("connection", row.id),
        provider,
        providerName: setup.name,
        name: row.name,
        status,
        pauseReason: row.pauseReason,
        connectedAt: row.createdAt,
        lastSuccessAt: row.lastSuccessAt,
        lagSeconds: lag?.seconds ?? null,
        isStale: lag?.isStale ?? false,
        lastErrorAt: row.lastErrorAt,
        lastError: wordsOfFailure(row.lastErrorKind),
        errorCount: row.errorCount,
        heldCount: await countHeld(tx, ctx, connectionId),
        rate: { left: callsLeft(row.id), burst: setup.limits.burst, perSecond: setup.limits.requestsPerSecond },
        webhook: setup.webhook === null ? null : { ...setup.webhook, address: webhookAddress({ provider, connectionId: row.id }) },
        capabilities: setup.capabilities,
        caution: setup.caution,
        fields: fieldStates(setup, { settings: Settings.parse(row.settings), sealed: SealedCredentials.parse(row.sealedCredentials) }),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

const rowOf = async (tx: Tx, ctx: ServiceContext, connectionId: string) => {
  const row = await tx.db.connection.findFirst({
    where: { id: connectionId, clubId: ctx.clubId, archivedAt: null },
    select: {
      id: true,
      provider: true,
      name: true,
      status: true,
      pauseReason: true,
      settings: true,
      sealedCredentials: true,
      lastSuccessAt: true,
      lastErrorAt: true,
      lastErrorKind: true,
      errorCount: true,
      nextPollAt: true,
      createdAt: true,
    },
  });
  if (row === null) {
    throw notFound("connection");
  }
  return row;
};

type Stored = { readonly settings: Readonly<Record<string, string>>; readonly sealed: SealedCredentials };

const fieldStates = ({ fields }: ConnectorSetup, { settings, sealed }: Stored): FieldState[] =>
  fields.map((field) => {
    const entry = sealed[field.name];
    const value = field.kind === "secret" ? null : (settings[field.name] ?? null);
    return {
      ...field,
      value,
      isSet: value !== null || entry !== undefined,
      changedAt: entry?.changedAt === undefined ? null : new Date(entry.changedAt),
      isDouble: entry?.isDouble ?? false,
    };
  });
