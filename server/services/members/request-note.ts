import "server-only";

import { z } from "zod";

import { asId, idSchema } from "#server/domain/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actForClub, type ClubActResult } from "#server/services/effects/act-for-club.ts";
import { connectionFor, memberToActFor } from "#server/services/members/member-to-act-for.ts";

export const NOTE_PRIORITIES = ["normal", "urgent"] as const;
export const NOTE_CATEGORIES = ["general", "billing", "access", "feedback"] as const;

export const RequestNoteInput = z.object({
  memberId: idSchema("member"),
  priority: z.enum(NOTE_PRIORITIES),
  category: z.enum(NOTE_CATEGORIES),
  note: z.string().trim().min(1).max(1_000),
  callKey: z.string(),
  isAlone: z.boolean(),
});

/** Writes a note about a member into the club's own system. @throws `not_found`, `precondition_failed` where no system with notes knows them */
export const requestNote = async (ctx: ServiceContext, raw: z.input<typeof RequestNoteInput>): Promise<ClubActResult> => {
  assertCan(ctx, "effect.plan");
  const { callKey, category, isAlone, memberId, note, priority } = RequestNoteInput.parse(raw);
  return actForClub(ctx, {
    callKey,
    isAlone,
    requiredRole: "staff",
    choose: async (tx) => {
      const member = await memberToActFor(tx, ctx, memberId);
      const place = await connectionFor(tx, ctx, { memberId, capability: "notes.write" });
      const text = `${note} [${priority}, ${category}]`;
      return {
        summary: `Write this note about ${member.name}: “${text}”`,
        plan: {
          kind: "note.add",
          connectionId: place.connectionId,
          contactId: asId("contact", member.contactId),
          purpose: "service",
          arguments: { personExternalId: place.personExternalId, text },
        },
      };
    },
  });
};
