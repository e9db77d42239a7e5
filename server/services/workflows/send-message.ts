import "server-only";

import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { templateSpec } from "#server/domain/workflows/templates.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { findPlace } from "#server/services/messages/find-place.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";
import type { Acted, Act } from "#server/services/workflows/define.ts";

/** A text reaches people soonest; an e-mail is what is left where there is no number. */
const KINDS_BY_PREFERENCE = ["sms", "clubos", "email"] as const satisfies readonly ChannelKind[];

/** The action `message`: one text to one contact, over the best channel that leads there. What may be sent at all is decided at the last gate. */
export const sendMessage: Act = async (tx, ctx, { effectKey, outcome, run }) => {
  const { contactId, templateKey, text } = outcome;
  if (text === null || templateKey === null) {
    return ended("failed", "no_text");
  }
  const contact = await tx.db.contact.findFirst({
    where: { id: contactId, clubId: ctx.clubId, archivedAt: null },
    select: { isAgentOff: true },
  });
  if (contact === null || contact.isAgentOff) {
    return ended("suppressed", "agent_off");
  }
  const road = await roadTo(tx, ctx, contactId);
  if (road === null) {
    return ended("suppressed", "no_address");
  }
  const { channel, kind, identity } = road;
  const place = await findPlace(
    tx,
    ctx,
    prepareArrival(
      { ...channel.connection, clubName: run.club.name, clubPhone: run.club.phone },
      {
        externalId: "",
        direction: "outbound",
        channelExternalId: channel.externalId,
        contact: { address: identity.address, externalId: identity.externalId, name: null },
        text: "",
        sentAt: tx.now,
        media: [],
      },
    ),
  );
  if (place.contactId !== contactId) {
    // The address has come to mean somebody else since the plan.
    return ended("suppressed", "no_address");
  }
  const { name, purpose } = templateSpec(templateKey);
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
      ...(kind === "email" ? { subject: `${run.club.name}: ${name}`, unsubscribeUrl: linkFor(ctx, place.addressKey) } : {}),
    },
  });
  return { kind: "effect", effectId };
};

const linkFor = ({ clubId, franchiseId }: ServiceContext, addressKey: string): string =>
  unsubscribeUrlOf({ franchiseId, clubId, addressKey });

const ended = (outcome: "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });

const roadTo = async (tx: ServiceTx, ctx: ServiceContext, contactId: string) => {
  const channels = await sendingChannels(tx, ctx);
  const identities = await tx.db.contactIdentity.findMany({
    where: { clubId: ctx.clubId, contactId, channelKind: { in: [...channels.keys()] } },
    orderBy: { id: "asc" },
    select: { channelKind: true, address: true, externalId: true },
  });
  for (const kind of KINDS_BY_PREFERENCE) {
    const channel = channels.get(kind);
    const identity = identities.find(({ channelKind, address, externalId }) => channelKind === kind && (address ?? externalId) !== null);
    if (channel !== undefined && identity !== undefined) {
      return { channel, kind, identity };
    }
  }
  return null;
};
