import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** The person who acts. @throws `forbidden` where it is the machinery */
export const staffOf = ({ actor }: Pick<ServiceContext, "actor">): Id<"user"> => {
  if (actor.kind !== "staff") {
    throw new DomainError("forbidden", "only a person may do this");
  }
  return actor.userId;
};
