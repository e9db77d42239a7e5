import "server-only";

import { z } from "zod";

import { PIN_MAX_TRIES } from "#server/domain/desk.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { withSystem, type Tx } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { recordAccountAudit } from "#server/services/users/account-audit.ts";
import { verifyPassword } from "#server/services/users/password-hash.ts";
import { countTry, keysOf, recordSuccess, type TryKeys } from "#server/services/users/sign-in-attempts.ts";

import { readDesk, type Desk } from "./find-desk.ts";
import { Pin } from "./pin.ts";

const OpenDeskInput = z.object({ userId: idSchema("user"), pin: Pin });

export type OpenDeskOutcome =
  | { readonly kind: "opened" }
  /** A wrong PIN, somebody who does not work here, and somebody without a PIN are one answer. */
  | { readonly kind: "refused" }
  | { readonly kind: "too_many_tries"; readonly waitMinutes: number }
  /** Wrong too often: the PIN opens nothing any more and is set anew on one's own device. */
  | { readonly kind: "taken_away" }
  /** The browser is no desk, or no longer. */
  | { readonly kind: "off" };

type Options = { readonly requestId: string | null; /** Set by tests only. */ readonly fixedNow?: Date };

/** Who wants to stand at the desk, with their try counted. */
type Asked = { readonly desk: Desk; readonly userId: Id<"user">; readonly keys: TryKeys; readonly pinHash: string };

type Counted = ({ readonly kind: "counted" } & Asked & { readonly sessionVersion: number; readonly tries: number }) | OpenDeskOutcome;

/**
 * Somebody says at a desk who they are. A try is counted before the PIN is looked at: so many for one person at one desk, as for
 * passwords, and so many in a row everywhere, after which the PIN is gone. The desk's token is the permission.
 */
export const openDesk = async (token: string, raw: unknown, { requestId, fixedNow }: Options): Promise<OpenDeskOutcome> => {
  const input = OpenDeskInput.safeParse(raw);
  const counted = await withSystem((tx) => count(tx, { token, userId: input.data?.userId ?? null, requestId }), { fixedNow });
  if (counted.kind !== "counted") {
    return counted;
  }
  const isRight = input.success && (await verifyPassword(input.data.pin, counted.pinHash));
  return withSystem((tx) => (isRight ? enter(tx, counted, { token, requestId }) : refuse(tx, counted, requestId)), { fixedNow });
};

type Person = { readonly pinHash: string; readonly sessionVersion: number; readonly pinTries: number };

const count = async (
  tx: Tx,
  { token, userId, requestId }: { readonly token: string; readonly userId: Id<"user"> | null; readonly requestId: string | null },
): Promise<Counted> => {
  const desk = await readDesk(tx, token);
  if (desk === null || userId === null) {
    return { kind: desk === null ? "off" : "refused" };
  }
  const keys = keysOf(`desk-pin:${userId}`, `desk:${desk.id}`);
  const [person] = await findPerson(tx, desk, userId);
  if (person === undefined) {
    return { kind: "refused" };
  }
  const waitMinutes = await countTry(tx, keys);
  if (waitMinutes > 0) {
    return { kind: "too_many_tries", waitMinutes };
  }
  const { pinTries } = await tx.db.user.update({
    where: { id: userId },
    data: { pinTries: { increment: 1 } },
    select: { pinTries: true },
  });
  const asked: Asked = { desk, userId, keys, pinHash: person.pinHash };
  return pinTries > PIN_MAX_TRIES
    ? takeAway(tx, asked, requestId)
    : { kind: "counted", ...asked, sessionVersion: person.sessionVersion, tries: pinTries };
};

const findPerson = (tx: Tx, { clubId, franchiseId }: Desk, userId: Id<"user">): Promise<Person[]> => tx.db.$queryRaw<Person[]>`
  select u."pinHash", u."sessionVersion", u."pinTries"
  from "User" u
  where u.id = ${userId} and u."archivedAt" is null and u."pinHash" is not null and exists (
    select 1 from "StaffAccess" a where a."userId" = u.id and a."archivedAt" is null
      and a."franchiseId" = ${franchiseId} and (a."clubId" is null or a."clubId" = ${clubId}))`;

type Entering = { readonly token: string; readonly requestId: string | null };

/** Only while the desk is still on, and only by the PIN that was looked at. */
const enter = async (
  tx: Tx,
  { desk, keys, pinHash, sessionVersion, userId }: Asked & { readonly sessionVersion: number },
  { token, requestId }: Entering,
): Promise<OpenDeskOutcome> => {
  const { count: isHolder } = await tx.db.user.updateMany({ where: { id: userId, pinHash }, data: { pinTries: 0 } });
  if (isHolder === 0 || (await readDesk(tx, token)) === null) {
    return { kind: isHolder === 0 ? "refused" : "off" };
  }
  await recordSuccess(tx, keys);
  await tx.db.desk.updateMany({
    where: { id: desk.id, endedAt: null },
    data: { userId, sessionVersion, openedAt: tx.now, lastUsedAt: tx.now },
  });
  const { clubId, franchiseId, id: deskId } = desk;
  await recordAccountAudit(tx, { action: "desk.opened", franchiseId, clubId, userId, entityId: deskId, deskId, requestId });
  return { kind: "opened" };
};

const refuse = async (tx: Tx, counted: Asked & { readonly tries: number }, requestId: string | null): Promise<OpenDeskOutcome> => {
  const { desk, tries, userId } = counted;
  await recordAudit(tx, contextOf(desk, requestId), { action: "desk.refused", entityId: desk.id, details: { userId, tries } });
  return tries >= PIN_MAX_TRIES ? takeAway(tx, counted, requestId) : { kind: "refused" };
};

const takeAway = async (tx: Tx, { desk, pinHash, userId }: Asked, requestId: string | null): Promise<OpenDeskOutcome> => {
  const { count: taken } = await tx.db.user.updateMany({
    where: { id: userId, pinHash },
    data: { pinHash: null, pinSetAt: null, pinTries: 0 },
  });
  if (taken > 0) {
    await recordAudit(tx, contextOf(desk, requestId), { action: "pin.taken_away", entityId: userId, details: { deskId: desk.id } });
  }
  return { kind: "taken_away" };
};

/** Nobody has proven who they are, so the desk itself is who reports. */
const contextOf = (desk: Desk, requestId: string | null): ServiceContext =>
  systemContext(desk, { job: "desk", ...(requestId === null ? {} : { requestId }) });
