import "server-only";

import { render, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { CampaignArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { roadToContact } from "#server/services/messages/road-to-contact.ts";
import { textOver } from "#server/services/messages/text-over.ts";

type Let = { readonly effectId: string; readonly campaign: CampaignArguments };

/**
 * A person has let a campaign go: each of its people gets a message of their own, filled with their name and with the way
 * out. Whoever cannot be reached, or wants no machine, gets none; what may be sent at all is decided at the last gate.
 */
export const planCampaignMessages = async (tx: ServiceTx, ctx: ServiceContext, { effectId, campaign }: Let): Promise<void> => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const contacts = await tx.db.contact.findMany({
    where: { clubId: ctx.clubId, id: { in: campaign.contactIds }, archivedAt: null, isAgentOff: false },
    orderBy: { id: "asc" },
    select: { id: true, firstName: true, displayName: true },
  });
  for (const { displayName, firstName, id: contactId } of contacts) {
    const road = await roadToContact(tx, ctx, { contactId, club });
    const text = filled(campaign, { firstName: firstName ?? displayName.split(" ")[0] ?? "", club });
    if (road !== null && text !== null) {
      const { purpose, templateName } = campaign;
      await planEffect(tx, ctx, {
        effectKey: `campaign:${effectId}:${contactId}`,
        plannedBy: "workflow",
        needsApproval: null,
        ...textOver(ctx, { road, purpose, text, subject: `${club.name}: ${templateName}` }),
      });
    }
  }
};

type Values = { readonly firstName: string; readonly club: { readonly name: string; readonly phone: string | null } };

/** Null where something of the text is not known of this person: half a sentence is no message. */
const filled = ({ purpose, text }: CampaignArguments, { club, firstName }: Values): string | null => {
  const rendered = render(text, { first_name: firstName, club_name: club.name, club_phone: club.phone ?? "" });
  if (rendered.kind === "missing") {
    return null;
  }
  return purpose === "marketing" ? withOptOut(rendered.text) : rendered.text;
};
