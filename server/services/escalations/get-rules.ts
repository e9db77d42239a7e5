import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { tellablePlaces } from "#server/services/alerts/tell-team.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { currentRules } from "#server/services/escalations/current-rules.ts";
import { clubPeople } from "#server/services/notifications/club-people.ts";

/** Who is told of what nobody takes, whom one can name, and what of the club's own can be told. */
export const getEscalationRules = async (ctx: ServiceContext) => {
  assertCan(ctx, "escalation.manage");
  return withClub(
    ctx,
    async (tx) => {
      const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { managerPhone: true, emergencyPhone: true } });
      const people = (await clubPeople(tx, ctx)).map(({ hasDevice, name, role, settings, userId }) => ({
        userId,
        name,
        role,
        hasDevice,
        hasPhone: settings.phone !== null,
      }));
      return {
        ...(await currentRules(tx, ctx)),
        people: people.toSorted((a, b) => a.name.localeCompare(b.name, "en")),
        onCallPhone: club.managerPhone ?? club.emergencyPhone,
        team: (await tellablePlaces(tx, ctx)).map(({ name }) => name),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
