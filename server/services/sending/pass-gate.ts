import "server-only";

import type { SendReason } from "#server/domain/sending/send-reasons.ts";
import { evidenceOf, type SendEvidence } from "#server/domain/sending/evidence.ts";
import { proactivePurpose } from "#server/domain/sending/send-purpose.ts";
import { ChannelKind } from "#server/domain/vocabulary-schemas.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { SendArguments } from "#server/services/effects/effect-arguments.ts";

import { keysOf, personRows, type Addressee } from "./person-rows.ts";
import { judgeMessages } from "./send-facts.ts";

type Asking = {
  readonly id: string;
  readonly kind: string;
  readonly plannedBy: string;
  readonly purpose: string;
  readonly contactId: string | null;
  readonly addressKey: string | null;
  readonly channelKind: string | null;
  readonly arguments: unknown;
};

export type Passage =
  | { readonly kind: "send"; readonly evidence: SendEvidence | null }
  | { readonly kind: "defer"; readonly until: Date; readonly reason: SendReason }
  | { readonly kind: "suppress"; readonly reason: SendReason };

/**
 * Asks `canSend` about an effect in the transaction that would begin it. Every key of the person is locked first, so of
 * two messages that two workers begin at once the second sees the first. What nobody writes uninvited passes unasked.
 */
export const passGate = async (tx: ServiceTx, ctx: ServiceContext, effect: Asking): Promise<Passage> => {
  const purpose = proactivePurpose(effect);
  if (purpose === null) {
    return { kind: "send", evidence: null };
  }
  const addressee = addresseeOf(effect);
  if (addressee === null) {
    return { kind: "suppress", reason: "recipient_unproven" };
  }
  const people = await personRows(tx, ctx, [addressee.contactId]);
  for (const key of keysOf(people, addressee)) {
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`budget|${ctx.franchiseId}|${key}`}, 3))`;
  }
  const { text, unsubscribeUrl } = SendArguments.parse(effect.arguments);
  const [judged] = await judgeMessages(tx, ctx, {
    messages: [{ ...addressee, purpose, text, unsubscribeUrl }],
    exceptEffectId: effect.id,
    people,
  });
  if (judged === undefined) {
    return { kind: "suppress", reason: "recipient_unproven" };
  }
  const { verdict, message, facts } = judged;
  return verdict.kind === "send" ? { kind: "send", evidence: evidenceOf(message, facts, tx.now) } : verdict;
};

const addresseeOf = ({ contactId, addressKey, channelKind }: Asking): Addressee | null => {
  const kind = ChannelKind.safeParse(channelKind);
  return contactId === null || addressKey === null || !kind.success ? null : { contactId, addressKey, channelKind: kind.data };
};
