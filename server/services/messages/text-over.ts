import "server-only";

import type { ServiceContext } from "#server/services/context.ts";
import type { SendArguments } from "#server/services/effects/effect-arguments.ts";
import type { roadToContact } from "#server/services/messages/road-to-contact.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";

export type Road = NonNullable<Awaited<ReturnType<typeof roadToContact>>>;

type Purpose = "service" | "billing" | "marketing";

type Words = {
  readonly road: Road;
  readonly purpose: Purpose;
  readonly text: string;
  /** Of an e-mail, where no text reaches the person. */
  readonly subject: string;
  /** What it is a proof of, where it is about a debt. */
  readonly proof?: Pick<SendArguments, "reminder" | "invoice">;
};

/** One message over the road that leads to a contact, as a plan names it: where it goes, and what an e-mail needs besides. */
export const textOver = (ctx: ServiceContext, { proof = {}, purpose, road, subject, text }: Words) => {
  const { channel, identity, kind, place } = road;
  return {
    kind: "message.send",
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
      ...proof,
      ...mailOf(ctx, { road, subject }),
    },
  } as const;
};

/** An e-mail has a subject and a link that ends such e-mails; a text has neither. */
export const mailOf = (
  { clubId, franchiseId }: ServiceContext,
  { road: { kind, place }, subject }: Pick<Words, "road" | "subject">,
): { readonly subject?: string; readonly unsubscribeUrl?: string } =>
  kind === "email" ? { subject, unsubscribeUrl: unsubscribeUrlOf({ franchiseId, clubId, addressKey: place.addressKey }) } : {};
