import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const ListLikelyMembersInput = z.object({
  conversationId: idSchema("conversation"),
  search: z.string().trim().max(100).default(""),
});

export type LikelyMember = { readonly id: Id<"member">; readonly name: string; readonly membershipType: string | null };

/** As many as fit beside a thread. */
const MAX_COUNT = 6;
const SEARCH_MIN_CHARACTERS = 3;

/** Whom staff may mean by "this is …": who shares the address, who is called like the contact, or who is searched for by name. */
export const listLikelyMembers = async (
  ctx: ServiceContext,
  raw: z.input<typeof ListLikelyMembersInput>,
): Promise<readonly LikelyMember[]> => {
  assertCan(ctx, "member.read");
  const { conversationId, search } = ListLikelyMembersInput.parse(raw);
  const rows = await withClub(
    ctx,
    async (tx) => {
      const conversation = await tx.db.conversation.findFirst({
        where: { id: conversationId, clubId: ctx.clubId },
        select: { contactId: true, contact: { select: { displayName: true } } },
      });
      if (conversation === null) {
        throw notFound("conversation");
      }
      const identities = await tx.db.contactIdentity.findMany({
        where: { clubId: ctx.clubId, contactId: conversation.contactId },
        select: { addressKey: true },
      });
      const keys = { in: identities.map(({ addressKey }) => addressKey) };
      const isSearch = search.length >= SEARCH_MIN_CHARACTERS;
      const words = (isSearch ? search : conversation.contact.displayName).split(/\s+/);
      const named = words.map((word) => ({
        OR: [{ firstName: { equals: titled(word) } }, { lastName: { equals: titled(word) } }, { lastName: word }, { firstName: word }],
      }));
      return tx.db.member.findMany({
        where: {
          clubId: ctx.clubId,
          archivedAt: null,
          OR: isSearch ? [{ AND: named }] : [{ phoneKey: keys }, { emailKey: keys }, ...(words.length < 2 ? [] : [{ AND: named }])],
        },
        orderBy: [{ lastName: "asc" }, { firstName: "asc" }, { id: "asc" }],
        take: MAX_COUNT,
        select: { id: true, firstName: true, lastName: true, membershipType: true },
      });
    },
    { fixedNow: ctx.fixedNow },
  );
  return rows.map(({ id, firstName, lastName, membershipType }) => ({
    id: id as Id<"member">,
    name: `${firstName} ${lastName}`.trim(),
    membershipType,
  }));
};

const titled = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`;
