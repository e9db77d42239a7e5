import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { EffectArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import type { Place } from "#server/services/messages/find-place.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";

/** Where a message to the club's own people goes: a thread like any other. */
type TeamPlace = { readonly place: Omit<Place, "conversation">; readonly connectionId: Id<"connection"> };

/** `effectKey`: of the news, so that the same news is told once to each place. */
type TeamText = { readonly effectKey: string; readonly at: TeamPlace & { readonly phone: string }; readonly text: string };

/** A text to a phone of the club's own people. */
export const planTeamText = (tx: ServiceTx, ctx: ServiceContext, { at, effectKey, text }: TeamText): Promise<Id<"effect">> =>
  planEffect(tx, ctx, { ...planAt("sms", { at, effectKey }), arguments: { to: at.phone, recipientExternalId: null, text } });

type TeamMail = {
  readonly effectKey: string;
  readonly at: TeamPlace & { readonly address: string };
  readonly subject: string;
  readonly text: string;
};

/** A mail to one of the club's own people. Each of its links to unsubscribe is another one: planned anew, the same mail is not the same. */
export const planTeamMail = (tx: ServiceTx, ctx: ServiceContext, { at, effectKey, subject, text }: TeamMail): Promise<Id<"effect">> => {
  const { franchiseId, clubId } = ctx;
  const unsubscribeUrl = unsubscribeUrlOf({ franchiseId, clubId, addressKey: at.place.addressKey });
  return planEffect(tx, ctx, {
    ...planAt("email", { at, effectKey }),
    arguments: { to: at.address, recipientExternalId: null, subject, text, unsubscribeUrl },
  });
};

type TeamNotice = {
  readonly effectKey: string;
  readonly connectionId: Id<"connection">;
  readonly notice: EffectArguments["notice.post"];
};

/** A notice in the workspace where the club, or one of its people, lets itself be told. */
export const planTeamNotice = (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, effectKey, notice }: TeamNotice,
): Promise<Id<"effect">> => planEffect(tx, ctx, { ...planOver(effectKey, connectionId), kind: "notice.post", arguments: notice });

const planAt = (channelKind: "sms" | "email", { at, effectKey }: Pick<TeamText, "effectKey"> & { readonly at: TeamPlace }) => {
  const { addressKey, channelId, contactId, conversationId } = at.place;
  const place = { channelId, conversationId, contactId, addressKey, channelKind };
  return { ...planOver(effectKey, at.connectionId), ...place, kind: "message.send" } as const;
};

/** The machinery tells the team: nobody has to agree, and neither caps nor the emergency stop hold it. */
const planOver = (effectKey: string, connectionId: Id<"connection">) =>
  ({ effectKey, plannedBy: "system", needsApproval: null, connectionId, purpose: "service" }) as const;
