import "server-only";

import type { VendorConsent, VendorMember } from "#server/connectors/ports.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Input = { readonly connectionId: string; readonly people: readonly VendorMember[] };

/** The vendor's word for why somebody may be written to, in ours. */
const PURPOSE_OF = { transactional: "service", billing: "billing", marketing: "marketing" } as const satisfies Record<
  VendorConsent["purpose"],
  string
>;

/** Adds what is not there yet; both are dated facts that never change. */
export const storeVisitsAndConsents = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, people }: Input): Promise<void> => {
  const speaking = people.filter(({ visits, consents }) => (visits?.length ?? 0) > 0 || (consents?.length ?? 0) > 0);
  if (speaking.length === 0) {
    return;
  }
  const identities = await tx.db.memberIdentity.findMany({
    where: { clubId: ctx.clubId, connectionId, externalId: { in: speaking.map(({ externalId }) => externalId) }, archivedAt: null },
    select: { externalId: true, memberId: true, member: { select: { contactId: true } }, prospect: { select: { contactId: true } } },
  });
  const memberIds = new Map(identities.flatMap(({ externalId, memberId }) => (memberId === null ? [] : [[externalId, memberId]])));
  const contactIds = new Map(identities.map(({ externalId, member, prospect }) => [externalId, member?.contactId ?? prospect?.contactId]));
  const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
  await tx.db.visit.createMany({
    data: speaking.flatMap(({ externalId, visits }) => {
      const memberId = memberIds.get(externalId);
      return memberId === undefined ? [] : (visits ?? []).map((at) => ({ id: newId("visit"), ...scope, memberId, at }));
    }),
    skipDuplicates: true,
  });
  await tx.db.consent.createMany({
    data: speaking.flatMap(({ externalId, consents }) => {
      const contactId = contactIds.get(externalId);
      return contactId === undefined
        ? []
        : (consents ?? []).map(({ purpose, channel, granted, source, at }) => ({
            id: newId("consent"),
            ...scope,
            contactId,
            purpose: PURPOSE_OF[purpose],
            channelKind: channel,
            isGranted: granted,
            source,
            at,
            createdAt: tx.now,
          }));
    }),
    skipDuplicates: true,
  });
  await countVisits(tx, ctx, [...memberIds.values()]);
};

const countVisits = async (tx: ServiceTx, ctx: ServiceContext, memberIds: readonly string[]): Promise<void> => {
  await tx.db.$executeRaw`
    update "Member" set "visitCount" = counted.count
    from (select "memberId", count(*)::int as count from "Visit" where "clubId" = ${ctx.clubId} and "memberId" = any(${memberIds}::text[]) group by 1) counted
    where "Member".id = counted."memberId" and "Member"."clubId" = ${ctx.clubId} and "Member"."visitCount" <> counted.count`;
};
