import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { can, type Permission } from "#server/domain/permissions.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** First line of every verb, before anything is read. @throws `forbidden` */
export const assertCan = (ctx: Pick<ServiceContext, "actor">, permission: Permission): void => {
  if (!can(ctx.actor, permission)) {
    throw new DomainError("forbidden", "you are not allowed to do this", { details: { permission } });
  }
};
