import "server-only";

import { z } from "zod";

import { DESK_NAME_MAX_LENGTH } from "#server/domain/desk.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { assertRecentSignIn } from "#server/domain/recent-sign-in.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

import { deskTokenHash, newDeskToken } from "./desk-token.ts";

/** More than any club has counters; each is a browser that stays signed in. */
const DESKS_MAX_COUNT = 20;

export const StartDeskInput = z.object({
  name: z.string().trim().min(1, "give the desk a name").max(DESK_NAME_MAX_LENGTH, `at most ${DESK_NAME_MAX_LENGTH} characters`),
});

export type StartedDesk = {
  readonly deskId: Id<"desk">;
  /** For the cookie of this browser and for nothing else: only its hash is kept. */
  readonly token: string;
};

/**
 * Makes a shared computer of a browser: it stays signed in, and acts for nobody until somebody of the club types their PIN.
 * @throws `sign_in_required`, `limit_exceeded`
 */
export const startDesk = async (ctx: ServiceContext, raw: z.input<typeof StartDeskInput>): Promise<StartedDesk> => {
  assertCan(ctx, "desk.manage");
  const { name } = StartDeskInput.parse(raw);
  const startedById = staffOf(ctx);
  const deskId = newId("desk");
  const token = newDeskToken();
  await withClub(
    ctx,
    async (tx) => {
      assertRecentSignIn(ctx.actor, tx.now);
      if ((await tx.db.desk.count({ where: { clubId: ctx.clubId, endedAt: null } })) >= DESKS_MAX_COUNT) {
        throw new DomainError("limit_exceeded", `a club has at most ${DESKS_MAX_COUNT} desks; turn one off that nobody uses`);
      }
      const place = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
      await tx.db.desk.createMany({
        data: { id: deskId, ...place, name, tokenHash: deskTokenHash(token), startedById, startedAt: tx.now },
      });
      await recordAudit(tx, ctx, { action: "desk.started", entityId: deskId, details: { name } });
    },
    { fixedNow: ctx.fixedNow },
  );
  return { deskId, token };
};
