import "server-only";

import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { KnownIdentity, Source } from "#server/services/members/identities.ts";
import { addressFields, memberFields, nameFields, type Incoming } from "#server/services/members/records.ts";

/** Where an identity points: exactly one of the two. */
export type RecordId = { readonly memberId: string | null; readonly prospectId: string | null };

export type Batch = {
  readonly create: (incoming: Incoming, contactId: string) => RecordId;
  readonly identify: (incoming: Incoming, at: RecordId, identity: KnownIdentity | null) => void;
  /** The prospects turn out to be this member: what names them names the member from now on. */
  readonly absorb: (memberId: string, prospectIds: readonly string[]) => void;
  readonly flush: () => Promise<void>;
};

/** Collects what is new of a page, so that a first sync of thousands is a few statements a page. */
export const openBatch = (tx: ServiceTx, ctx: ServiceContext, source: Source): Batch => {
  const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
  const members: Prisma.MemberCreateManyInput[] = [];
  const prospects: Prisma.ProspectCreateManyInput[] = [];
  const identities: Prisma.MemberIdentityCreateManyInput[] = [];
  const moves: { readonly id: string; readonly data: Prisma.MemberIdentityUncheckedUpdateManyInput }[] = [];
  const absorbed: Absorbed[] = [];

  return {
    create: (incoming, contactId) => {
      const { person } = incoming;
      const own = { ...scope, contactId, connectionId: source.connectionId, externalId: person.externalId, ...addressFields(person) };
      if (person.kind === "member") {
        const id = newId("member");
        members.push({ id, ...own, ...memberFields(incoming, tx.now), createdAt: tx.now });
        return { memberId: id, prospectId: null };
      }
      const id = newId("prospect");
      prospects.push({ id, ...own, ...nameFields(incoming), createdOn: person.joinedOn, createdAt: tx.now, updatedAt: tx.now });
      return { memberId: null, prospectId: id };
    },
    identify: ({ person, sourceHash }, at, identity) => {
      const { kind, phone, email, externalId } = person;
      const said = { kind, phone, email, sourceHash, seenAt: source.seenAt, updatedAt: tx.now, ...at };
      if (identity === null) {
        identities.push({
          id: newId("memberIdentity"),
          ...scope,
          connectionId: source.connectionId,
          externalId,
          ...said,
          createdAt: tx.now,
        });
      } else {
        moves.push({ id: identity.id, data: { ...said, archivedAt: null, missingSince: null } });
      }
    },
    absorb: (memberId, prospectIds) => {
      if (prospectIds.length > 0) {
        absorbed.push({ memberId, prospectIds });
      }
    },
    flush: async () => {
      await tx.db.member.createMany({ data: members });
      await tx.db.prospect.createMany({ data: prospects });
      await tx.db.memberIdentity.createMany({ data: identities });
      for (const { id, data } of moves) {
        await tx.db.memberIdentity.updateMany({ where: { id, clubId: ctx.clubId }, data });
      }
      for (const one of absorbed) {
        await absorbProspects(tx, ctx, one);
      }
    },
  };
};

type Absorbed = { readonly memberId: string; readonly prospectIds: readonly string[] };

const absorbProspects = async (tx: ServiceTx, ctx: ServiceContext, { memberId, prospectIds }: Absorbed): Promise<void> => {
  await tx.db.memberIdentity.updateMany({
    where: { clubId: ctx.clubId, prospectId: { in: [...prospectIds] } },
    data: { memberId, prospectId: null, updatedAt: tx.now },
  });
  await tx.db.prospect.updateMany({
    where: { clubId: ctx.clubId, id: { in: [...prospectIds] }, archivedAt: null },
    data: { archivedAt: tx.now, updatedAt: tx.now },
  });
};
