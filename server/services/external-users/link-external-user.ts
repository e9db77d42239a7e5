import "server-only";

import { z } from "zod";

import { CONNECTORS } from "#server/connectors/registry.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { findStaff } from "#server/services/external-users/find-person.ts";

export const LinkExternalUserInput = z.object({
  connectionId: idSchema("connection"),
  /** The vendor's id of the person, such as `U0123ABCD` at Slack. */
  externalId: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,64}$/, "not an id of a person"),
  userId: idSchema("user"),
});
export type LinkExternalUserInput = z.input<typeof LinkExternalUserInput>;

/**
 * Says who a vendor's person is here. The same person linked again becomes the newly named one.
 * @throws `not_found` for a connection or a user of another club, `precondition_failed` where the vendor asks nobody,
 * `forbidden` to lend somebody a higher role than one's own
 */
export const linkExternalUser = async (ctx: ServiceContext, raw: LinkExternalUserInput): Promise<void> => {
  assertCan(ctx, "connection.manage");
  const { connectionId, externalId, userId } = LinkExternalUserInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    await assertAsksPeople(tx, ctx, connectionId);
    const person = await findStaff(tx, ctx, userId);
    if (person === null) {
      throw notFound("user");
    }
    if (ctx.actor.kind !== "staff" || !isAtLeast(ctx.actor.role, person.role)) {
      throw new DomainError("forbidden", `only a ${person.role} may link a ${person.role}`);
    }
    const link = { userId, linkedById: ctx.actor.userId, updatedAt: tx.now };
    const { count } = await tx.db.externalUser.updateMany({
      where: { clubId: ctx.clubId, connectionId, externalId },
      data: { ...link, archivedAt: null },
    });
    if (count === 0) {
      const id = newId("externalUser");
      await tx.db.externalUser.createMany({
        data: { id, franchiseId: ctx.franchiseId, clubId: ctx.clubId, connectionId, externalId, ...link, createdAt: tx.now },
        skipDuplicates: true,
      });
    }
    await recordAudit(tx, ctx, { action: "person.linked", entityId: connectionId, details: { externalId, userId } });
    tx.news.changes.push({ topic: "connection" });
  });
};

const assertAsksPeople = async (tx: ServiceTx, ctx: ServiceContext, connectionId: Id<"connection">): Promise<void> => {
  const connection = await tx.db.connection.findFirst({
    where: { id: connectionId, clubId: ctx.clubId, archivedAt: null },
    select: { provider: true },
  });
  if (connection === null) {
    throw notFound("connection");
  }
  if (CONNECTORS[Provider.parse(connection.provider)]?.setup.capabilities.includes("notify.decide") !== true) {
    throw new DomainError("precondition_failed", "nobody decides anything at this vendor");
  }
};
