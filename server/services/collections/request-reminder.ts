import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { REMINDER_WORDINGS } from "#server/domain/past-due/reminder-words.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { actForClub, type ClubActResult } from "#server/services/effects/act-for-club.ts";
import { memberToActFor, owedNow, type MemberToActFor } from "#server/services/members/member-to-act-for.ts";
import { messageTo } from "#server/services/messages/request-message.ts";

export const REMINDER_TIERS = ["friendly", "firm", "final"] as const;

export const RequestReminderInput = z.object({
  memberId: idSchema("member"),
  tier: z.enum(REMINDER_TIERS),
  callKey: z.string(),
  isAlone: z.boolean(),
});

/** reference/rules.md §1: so long after the last billing text there is none, and so many in a week are enough. */
const PAUSE_HOURS = 72;
const WEEKLY_MAX = 3;
/** From so many of an episode on the case belongs to the manager. */
const EPISODE_MAX = 6;

/**
 * Reminds one member of exactly what they owe, in one of the club's wordings that they have not had. @throws
 * `precondition_failed` where nothing is owed for certain, somebody reminded them lately, or the ladder has ended
 */
export const requestReminder = async (ctx: ServiceContext, raw: z.input<typeof RequestReminderInput>): Promise<ClubActResult> => {
  assertCan(ctx, "effect.plan");
  const { callKey, isAlone, memberId, tier } = RequestReminderInput.parse(raw);
  return actForClub(ctx, {
    callKey,
    isAlone,
    requiredRole: "staff",
    choose: async (tx) => {
      const member = await memberToActFor(tx, ctx, memberId);
      const { amount, balanceMinor } = await owedNow(tx, ctx, member);
      const club = await tx.db.club.findFirstOrThrow({
        where: { id: ctx.clubId },
        select: { name: true, phone: true, timeZone: true },
      });
      const episodeOn = member.pastDueSinceOn ?? formatInTimeZone(tx.now, club.timeZone, "yyyy-MM-dd");
      const usedCount = await assertPace(tx, ctx, { member, episodeOn });
      const request = await tx.db.payRequest.findFirst({
        where: { clubId: ctx.clubId, memberId, status: "open", amountMinor: balanceMinor, url: { not: null } },
        orderBy: { id: "desc" },
        select: { url: true },
      });
      const values = { firstName: member.firstName, amount, clubName: club.name, phone: club.phone, url: request?.url ?? null };
      return messageTo(tx, ctx, {
        member,
        purpose: "billing",
        text: wordsOf(tier, { ...values, usedCount }),
        reminder: { tier, amountMinor: String(balanceMinor), currency: member.currency, episodeOn },
      });
    },
  });
};

type Episode = { readonly member: MemberToActFor; readonly episodeOn: string };

/** How many reminders this debt has had. @throws `precondition_failed` where another one would be too soon, or too many */
const assertPace = async (tx: ServiceTx, ctx: ServiceContext, { episodeOn, member }: Episode): Promise<number> => {
  const attempts = await tx.db.collectionAttempt.findMany({
    where: { clubId: ctx.clubId, contactId: member.contactId },
    orderBy: { at: "desc" },
    select: { at: true, episodeOn: true },
  });
  const hoursSince = (at: Date): number => (tx.now.getTime() - at.getTime()) / 3_600_000;
  const ofEpisode = attempts.filter((attempt) => attempt.episodeOn === episodeOn).length;
  if (ofEpisode >= EPISODE_MAX) {
    throw new DomainError("precondition_failed", "this debt was reminded of six times: it is for the manager now");
  }
  if (attempts.some(({ at }) => hoursSince(at) < PAUSE_HOURS) || attempts.filter(({ at }) => hoursSince(at) < 168).length >= WEEKLY_MAX) {
    throw new DomainError("precondition_failed", "they were reminded within the last three days, or three times this week");
  }
  return ofEpisode;
};

type Values = {
  readonly firstName: string;
  readonly amount: string;
  readonly clubName: string;
  readonly phone: string | null;
  readonly url: string | null;
  readonly usedCount: number;
};

const wordsOf = (tier: (typeof REMINDER_TIERS)[number], { amount, clubName, firstName, phone, url, usedCount }: Values): string => {
  const what = "your membership";
  if (url === null) {
    // Without a link there is another easy way to pay, or none is promised.
    const way = phone === null ? "You can pay at the front desk." : `You can pay at the front desk or by phone at ${phone}.`;
    return `Hi ${firstName}, ${amount} for ${what} at ${clubName} is still open. ${way} If anything is in the way, reply and we will help, thank you!`;
  }
  const wordings = REMINDER_WORDINGS[tier];
  const { text } = wordings[usedCount % wordings.length] ?? { text: "" };
  return text
    .replaceAll("{firstName}", firstName)
    .replaceAll("{amount}", amount)
    .replaceAll("{what}", what)
    .replaceAll("{clubName}", clubName)
    .replaceAll("{lastPayment}", "")
    .replaceAll("{payLink}", url);
};
