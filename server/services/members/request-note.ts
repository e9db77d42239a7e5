import "server-only";

import { z } from "zod";

import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { actForClub, type ClubActResult, type ClubDeed } from "#server/services/effects/act-for-club.ts";
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
    choose: (tx) => noteDeed(tx, ctx, { memberId, text: noteText({ note, priority, category }) }),
  });
};

type NoteWords = Pick<z.output<typeof RequestNoteInput>, "note" | "priority" | "category">;

export const noteText = ({ category, note, priority }: NoteWords): string => `${note} [${priority}, ${category}]`;

/** One note as a deed. @throws `not_found`, `precondition_failed` where no system with notes knows the member */
export const noteDeed = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { memberId, text }: { readonly memberId: Id<"member">; readonly text: string },
): Promise<ClubDeed> => {
  const member = await memberToActFor(tx, ctx, memberId);
  const place = await connectionFor(tx, ctx, { memberId, capability: "notes.write" });
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
};
