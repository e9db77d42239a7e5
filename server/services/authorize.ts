import "server-only";

import { isAtDesk } from "#server/domain/actor.ts";
import { notAtTheDesk } from "#server/domain/desk.ts";
import { DomainError } from "#server/domain/errors.ts";
import { can, ROLE_PERMISSIONS, type Permission } from "#server/domain/permissions.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** First line of every verb, before anything is read. @throws `forbidden` */
export const assertCan = (ctx: Pick<ServiceContext, "actor">, permission: Permission): void => {
  const { actor } = ctx;
  if (!can(actor, permission)) {
    const mayElsewhere = actor.kind === "staff" && isAtDesk(actor) && ROLE_PERMISSIONS[actor.role].includes(permission);
    throw mayElsewhere ? notAtTheDesk() : new DomainError("forbidden", "you are not allowed to do this", { details: { permission } });
  }
};
