import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { isTemplateKey, templateSpec } from "#server/domain/workflows/templates.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actForClub, type ClubActResult } from "#server/services/effects/act-for-club.ts";
import { sampleSegment } from "#server/services/members/sample-segment.ts";
import { listTemplates } from "#server/services/messages/list-templates.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";

export const CAMPAIGN_SEGMENTS = ["prospects", "green", "pay_per_visit"] as const;
/** Chosen by us: what a person reads over before one yes. More people are the daily campaigns' work. */
export const CAMPAIGN_MAX_PEOPLE = 50;

export const RequestCampaignInput = z.object({
  segment: z.enum(CAMPAIGN_SEGMENTS),
  templateKey: z.string(),
  maxPeople: z.int().min(1).max(CAMPAIGN_MAX_PEOPLE),
  callKey: z.string(),
});

const SEGMENT_WORDS = { prospects: "prospects", green: "new members", pay_per_visit: "pay-per-visit members" } as const;

/**
 * Puts one text to the newest people of a segment before the club's people: a manager lets it go, after signing in, bound to
 * exactly these words and these people. @throws `precondition_failed` for a text of another kind, an empty segment, no channel
 */
export const requestCampaign = async (
  ctx: ServiceContext,
  raw: z.input<typeof RequestCampaignInput>,
): Promise<ClubActResult & { readonly peopleCount: number; readonly segmentCount: number }> => {
  assertCan(ctx, "effect.plan");
  const { callKey, maxPeople, segment, templateKey } = RequestCampaignInput.parse(raw);
  const purpose = isTemplateKey(templateKey) ? templateSpec(templateKey).purpose : null;
  const template = (await listTemplates(ctx)).find(({ key }) => key === templateKey);
  if (purpose === null || purpose === "billing" || template === undefined) {
    throw new DomainError("precondition_failed", "there is no campaign text under this key");
  }
  const { count, rows } = await sampleSegment(ctx, { segment, limit: maxPeople });
  if (rows.length === 0) {
    throw new DomainError("precondition_failed", "nobody belongs to this segment now");
  }
  const contactIds = [...new Set(rows.map(({ contactId }) => contactId))];
  const result = await actForClub(ctx, {
    callKey,
    isAlone: false,
    requiredRole: "manager",
    choose: async (tx) => {
      const [channel] = (await sendingChannels(tx, ctx)).values();
      if (channel === undefined) {
        throw new DomainError("precondition_failed", "no channel of this club can send now");
      }
      return {
        summary: `Send ${contactIds.length} ${SEGMENT_WORDS[segment]} (of ${count}) this text: “${template.text}”`,
        plan: {
          kind: "campaign.send",
          connectionId: channel.connection.id,
          purpose,
          arguments: { templateKey, templateName: template.name, purpose, text: template.text, contactIds },
        },
      };
    },
  });
  return { ...result, peopleCount: contactIds.length, segmentCount: count };
};
