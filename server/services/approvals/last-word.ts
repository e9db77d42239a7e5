import "server-only";

import type { EffectStatus } from "#server/domain/vocabulary.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type Question = {
  readonly summary: string;
  /** Nobody can decide it any more. */
  readonly isOver: boolean;
  /** The question, and what has become of it: what stands in place of a notice once it is over. */
  readonly lastWord: string;
};

const OUTCOMES: Readonly<Record<EffectStatus, string>> = {
  planned: "; it is done in a moment.",
  approved: "; it is done in a moment.",
  dispatching: "; it is done in a moment.",
  confirmed: ": done.",
  failed: ", but it could not be done. Please look in Spotter.",
  unknown: "; whether it was done is being found out. Please look in Spotter.",
  needs_human: "; whether it was done nobody knows. Please look in Spotter.",
  dropped: ", but Spotter held it back. Please look in Spotter.",
};

/** A question of this club as people outside Spotter read it; `null` for one of another club. */
export const findQuestion = async (tx: Tx, ctx: ServiceContext, approvalId: string): Promise<Question | null> => {
  const approval = await tx.db.approval.findFirst({
    where: { id: approvalId, clubId: ctx.clubId },
    select: { summary: true, status: true, expiresAt: true, decidedById: true, effect: { select: { status: true } } },
  });
  const next = await tx.db.approval.findFirst({ where: { clubId: ctx.clubId, replacesId: approvalId }, select: { id: true } });
  if (approval === null) {
    return null;
  }
  const { summary, status, expiresAt, decidedById, effect } = approval;
  const decider = decidedById === null ? null : await tx.db.user.findFirst({ where: { id: decidedById }, select: { name: true } });
  const by = decider === null ? "" : ` by ${decider.name}`;
  return {
    summary,
    isOver: status !== "pending" || expiresAt <= tx.now,
    lastWord: `${summary}\n${wordsOf({ status, by, effectStatus: effect.status, isAskedAgain: next !== null })}`,
  };
};

type State = { readonly status: string; readonly by: string; readonly effectStatus: string; readonly isAskedAgain: boolean };

const wordsOf = ({ status, by, effectStatus, isAskedAgain }: State): string => {
  switch (status) {
    case "approved":
      return `Approved${by}${OUTCOMES[effectStatus as EffectStatus]}`;
    case "rejected":
      return `Denied${by}.`;
    case "superseded":
      return isAskedAgain ? "Something changed, so it was asked again." : "Overtaken by a newer message; nothing was done.";
    default:
      return "Nobody decided in time; nothing was done.";
  }
};
