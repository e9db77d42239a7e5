import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { PEOPLE_COLUMNS, PeopleFilter } from "#server/domain/people-filter.ts";
import { can } from "#server/domain/permissions.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

const NAME_MAX_LENGTH = 60;
/** Chosen by us: a menu of more is a list nobody reads. */
const FILTERS_MAX = 50;

/** What is kept of a choice of people: whom it means, and which columns were shown. */
export const KeptFilter = PeopleFilter.extend({ columns: z.array(z.enum(PEOPLE_COLUMNS)).max(PEOPLE_COLUMNS.length) });
export type KeptFilter = z.output<typeof KeptFilter>;

export const SaveFilterInput = z.object({
  name: z.string().trim().min(1, "give it a name").max(NAME_MAX_LENGTH),
  filter: KeptFilter,
  /** For everybody of the club instead of oneself. */
  isShared: z.boolean(),
});

/** Gives a choice of people a name. @throws `conflict` for a name that is taken, `limit_exceeded`, `forbidden` to share it */
export const saveFilter = async (
  ctx: ServiceContext,
  raw: z.input<typeof SaveFilterInput>,
): Promise<{ readonly filterId: Id<"savedFilter"> }> => {
  assertCan(ctx, "member.read");
  const { filter, isShared, name: written } = SaveFilterInput.parse(raw);
  if (isShared && !can(ctx.actor, "filter.share")) {
    throw new DomainError("forbidden", "only a manager shares a filter with the club");
  }
  const name = stripInvisible(written);
  const userId = staffUserId(ctx);
  if (userId === null) {
    throw new DomainError("forbidden", "filters are kept for people");
  }
  return inTransaction(ctx, async (tx) => {
    const mine = isShared ? { isShared } : { isShared, createdById: userId };
    if ((await tx.db.savedFilter.count({ where: { clubId: ctx.clubId, ...mine, archivedAt: null } })) >= FILTERS_MAX) {
      throw new DomainError("limit_exceeded", "there are too many filters already, remove one first", { details: { limit: FILTERS_MAX } });
    }
    const filterId = newId("savedFilter");
    const { count } = await tx.db.savedFilter.createMany({
      data: {
        id: filterId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        name,
        filter,
        isShared,
        createdById: userId,
        createdAt: tx.now,
        updatedAt: tx.now,
      },
      skipDuplicates: true,
    });
    if (count === 0) {
      throw new DomainError("conflict", "a filter of this name exists");
    }
    await recordAudit(tx, ctx, { action: "filter.saved", entityId: filterId, details: { isShared } });
    return { filterId };
  });
};
