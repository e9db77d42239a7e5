import "server-only";

import { templateSpec, type TemplateSpec } from "#server/domain/workflows/templates.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { roadToContact } from "#server/services/messages/road-to-contact.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";
import type { Acted, Act, Acting } from "#server/services/workflows/define.ts";

/** The action `message`: one text to one contact, over the best channel that leads there. What may be sent at all is decided at the last gate. */
export const sendMessage: Act = async (tx, ctx, acting) => {
  const { templateKey } = acting.outcome;
  if (templateKey === null) {
    return ended("failed", "no_text");
  }
  const { name, purpose } = templateSpec(templateKey);
  return sendText(tx, ctx, { ...acting, purpose, subject: `${acting.run.club.name}: ${name}` });
};

/** `subject`: of an e-mail, where no text reaches the person. */
type Sending = Acting & { readonly purpose: TemplateSpec["purpose"]; readonly subject: string };

/** The words of an outcome to its person. */
export const sendText = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effectKey, outcome, purpose, run, subject }: Sending,
): Promise<Acted> => {
  const { contactId, text } = outcome;
  if (text === null) {
    return ended("failed", "no_text");
  }
  const contact = await tx.db.contact.findFirst({
    where: { id: contactId, clubId: ctx.clubId, archivedAt: null },
    select: { isAgentOff: true },
  });
  if (contact === null || contact.isAgentOff) {
    return ended("suppressed", "agent_off");
  }
  const road = await roadToContact(tx, ctx, { contactId, club: run.club });
  if (road === null) {
    return ended("suppressed", "no_address");
  }
  const { channel, identity, kind, place } = road;
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    kind: "message.send",
    plannedBy: "workflow",
    needsApproval: null,
    connectionId: channel.connection.id,
    channelId: place.channelId,
    conversationId: place.conversationId,
    contactId: place.contactId,
    addressKey: place.addressKey,
    channelKind: kind,
    purpose,
    arguments: {
      to: identity.address ?? "",
      recipientExternalId: identity.externalId,
      text,
      ...(kind === "email" ? { subject, unsubscribeUrl: linkFor(ctx, place.addressKey) } : {}),
    },
  });
  return { kind: "effect", effectId };
};

const linkFor = ({ clubId, franchiseId }: ServiceContext, addressKey: string): string =>
  unsubscribeUrlOf({ franchiseId, clubId, addressKey });

const ended = (outcome: "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });
