import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { isOn } from "./internal.ts";

type DeskRow = {
  readonly id: Id<"desk">;
  readonly name: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  /** Null where nobody has typed a PIN yet. */
  readonly lastUsedAt: Date | null;
};

type PinHolder = { readonly userId: Id<"user">; readonly name: string; readonly pinSetAt: Date };

type Desks = {
  /** The ones that are on, oldest first. */
  readonly desks: readonly DeskRow[];
  /** Who may open them; everybody else of the club has set no PIN. */
  readonly people: readonly PinHolder[];
};

/** The shared computers of the club and who has a PIN for them. Bounded by the size of a club. */
export const listDesks = async (ctx: ServiceContext): Promise<Desks> => {
  assertCan(ctx, "desk.manage");
  return withClub(ctx, async (tx) => ({ desks: await desksOf(tx, ctx), people: await pinHolders(tx, ctx) }), { fixedNow: ctx.fixedNow });
};

const desksOf = (tx: Tx, ctx: ServiceContext): Promise<DeskRow[]> => tx.db.$queryRaw<DeskRow[]>`
  select d.id, d.name, d."startedAt", u.name as "startedBy", d."lastUsedAt"
  from "Desk" d join "User" u on u.id = d."startedById"
  where d."clubId" = ${ctx.clubId} and ${isOn()}
  order by d."startedAt", d.id`;

const pinHolders = (tx: Tx, { clubId, franchiseId }: Pick<ServiceContext, "clubId" | "franchiseId">): Promise<PinHolder[]> =>
  tx.db.$queryRaw<PinHolder[]>`
    select u.id as "userId", u.name, u."pinSetAt"
    from "User" u
    where u."archivedAt" is null and u."pinSetAt" is not null and exists (
      select 1 from "StaffAccess" a where a."userId" = u.id and a."archivedAt" is null
        and a."franchiseId" = ${franchiseId} and (a."clubId" is null or a."clubId" = ${clubId}))
    order by u.name, u.id`;
