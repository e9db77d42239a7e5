import "server-only";

import { z } from "zod";

import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";

import { isMistrusted, type FoundRelay } from "./internal.ts";
import { SILENT_SECONDS } from "./limits.ts";

/** SHA-256 as Node spells it. */
const Fingerprint = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);

/** What a relay says of itself each time it asks for work. */
export const RelayReport = z.object({
  version: z.string().max(20),
  /** Of the certificate it was paired with. */
  fingerprint: Fingerprint,
  /** Of the certificate the controller shows now; `null` while it cannot be reached. */
  shown: Fingerprint.nullable(),
});
export type RelayReport = z.infer<typeof RelayReport>;

export const silentKey = (connectionId: string): string => `relay-silent:${connectionId}`;
const mistrustKey = (connectionId: string): string => `relay-certificate:${connectionId}`;

type Input = { readonly relay: FoundRelay; readonly report: RelayReport };

/**
 * Notes that a relay is there and what it sees. A relay that was silent is shown as back; a controller with another
 * certificate raises a card and stops the connection until a person has paired the relay again.
 */
export const noteRelay = (ctx: ServiceContext, { relay, report }: Input): Promise<void> => {
  assertCan(ctx, "relay.serve");
  return inTransaction(ctx, async (tx) => {
    const where = { id: relay.id, clubId: ctx.clubId };
    const before = await tx.db.relay.findFirst({
      where,
      select: { fingerprint: true, shownFingerprint: true, lastSeenAt: true },
    });
    if (before === null) {
      return;
    }
    // What the relay itself trusts counts as shown when it differs: then somebody has changed what it remembers.
    const fingerprint = before.fingerprint ?? report.fingerprint;
    const seen = report.fingerprint === fingerprint ? report.shown : report.fingerprint;
    const after = { fingerprint, shownFingerprint: seen ?? before.shownFingerprint };
    await tx.db.relay.updateMany({
      where,
      data: { ...after, version: report.version, lastSeenAt: tx.now, ...(seen === null ? {} : { controllerSeenAt: tx.now }) },
    });
    const wasSilent = before.lastSeenAt === null || tx.now.getTime() - before.lastSeenAt.getTime() > SILENT_SECONDS * 1_000;
    if (isMistrusted(after) !== isMistrusted(before)) {
      await changeTrust(tx, ctx, { connectionId: relay.connectionId, isTrusted: !isMistrusted(after) });
    }
    if (wasSilent) {
      await settleAlert(tx, ctx, silentKey(relay.connectionId));
      await recordAudit(tx, ctx, { action: "relay.returned", entityId: relay.id });
      tx.news.changes.push({ topic: "connection" });
    }
    if (seen !== null && !isMistrusted(after)) {
      await tx.db.connection.updateMany({
        where: { id: relay.connectionId, clubId: ctx.clubId, status: { in: ["active", "degraded"] } },
        data: { lastSuccessAt: tx.now, ...(wasSilent ? { status: "active" } : {}) },
      });
    }
  });
};

type Trust = { readonly connectionId: string; readonly isTrusted: boolean };

const changeTrust = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, isTrusted }: Trust): Promise<void> => {
  const connection = await tx.db.connection.findFirst({ where: { id: connectionId, clubId: ctx.clubId }, select: { name: true } });
  await tx.db.connection.updateMany({
    where: { id: connectionId, clubId: ctx.clubId, status: { not: "disabled" } },
    data: { status: isTrusted ? "active" : "needs_reauth" },
  });
  if (isTrusted) {
    await settleAlert(tx, ctx, mistrustKey(connectionId));
  } else {
    await raiseAlert(tx, ctx, {
      kind: "connection_unauthorized",
      severity: "critical",
      key: mistrustKey(connectionId),
      title: `${connection?.name ?? "A door controller"}: the controller shows another certificate`,
      detail:
        "Nothing is sent to it. If the controller was reset or replaced, pair the relay again and compare the fingerprints; if not, somebody may stand between.",
      connectionId,
    });
    await recordAudit(tx, ctx, { action: "relay.mistrusted", entityId: connectionId });
  }
  tx.news.changes.push({ topic: "connection" });
};

/** For a new pairing: the certificate a person has just looked at is the trusted one. */
export const forgetMistrust = (tx: ServiceTx, ctx: ServiceContext, connectionId: string): Promise<void> =>
  settleAlert(tx, ctx, mistrustKey(connectionId));
