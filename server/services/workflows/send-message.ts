import "server-only";

import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { templateSpec, type TemplateSpec } from "#server/domain/workflows/templates.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { textOver } from "#server/services/messages/text-over.ts";
import { unaskedRoad } from "#server/services/messages/unasked-road.ts";
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
type Sending = Acting & {
  readonly purpose: TemplateSpec["purpose"];
  readonly subject: string;
  /** Over this kind of channel where it leads to the person; else over the best one, and that is said. */
  readonly channel?: ChannelKind;
};

/** The words of an outcome to its person. */
export const sendText = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { channel, effectKey, outcome, purpose, run, subject }: Sending,
): Promise<Acted> => {
  const { contactId, text } = outcome;
  if (text === null) {
    return ended("failed", "no_text");
  }
  const own = channel === undefined ? null : await unaskedRoad(tx, ctx, { contactId, club: run.club, kind: channel });
  const found = own?.kind === "road" ? own : await unaskedRoad(tx, ctx, { contactId, club: run.club });
  if (found.kind === "none") {
    return ended("suppressed", found.reason);
  }
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    plannedBy: "workflow",
    needsApproval: null,
    ...textOver(ctx, { road: found.road, purpose, text, subject }),
  });
  return { kind: "effect", effectId, ...(own === null || own === found ? {} : { reason: "step_other_channel" as const }) };
};

const ended = (outcome: "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });
