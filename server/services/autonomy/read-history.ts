import "server-only";

import { CORRECTION_DAYS, EVIDENCE_DAYS, type AutonomyInput, type AutonomyScope, type StageStep } from "#server/domain/autonomy.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

type Scope = Pick<ServiceContext, "clubId">;
type History = Pick<AutonomyInput, "comparisons" | "corrections" | "steps">;

const DAY_MS = 86_400_000;
/** Chosen by us: a rating up to this says that the answer should not have gone out. */
const WRONG_SCORE = 2;
const EMPTY: History = { comparisons: [], corrections: [], steps: [] };

/** Of each topic, what was compared, corrected and changed of late. A message of an automation counts for that one and not for its category. */
export const readHistory = async (tx: Tx, scope: Scope): Promise<(topic: AutonomyScope) => History> => {
  const histories = new Map<string, { comparisons: AutonomyInput["comparisons"][number][]; corrections: Date[]; steps: StageStep[] }>();
  const of = (topic: string) => {
    const history = histories.get(topic) ?? { comparisons: [], corrections: [], steps: [] };
    histories.set(topic, history);
    return history;
  };
  for (const { automation, category, createdAt, isAgreed } of await comparisons(tx, scope)) {
    of(topicOf({ automation, category })).comparisons.push({ isAgreed, at: createdAt });
  }
  for (const { at, ...topic } of await corrections(tx, scope)) {
    of(topicOf(topic)).corrections.push(at);
  }
  for (const { topic, ...step } of await steps(tx, scope)) {
    of(topic).steps.push(step);
  }
  return (topic) => histories.get(topic) ?? EMPTY;
};

type Topic = { readonly automation: string | null; readonly category: string | null };

const topicOf = ({ automation, category }: Topic): string =>
  automation === null ? `category:${category ?? ""}` : `automation:${automation}`;

const comparisons = (tx: Tx, { clubId }: Scope) =>
  tx.db.draftComparison.findMany({
    where: { clubId, createdAt: { gt: new Date(tx.now.getTime() - EVIDENCE_DAYS * DAY_MS) } },
    select: { automation: true, category: true, isAgreed: true, createdAt: true },
  });

type Corrected = Topic & { readonly at: Date };

/**
 * Automatic answers that staff rated wrong, wrote a better one for, or corrected towards the contact: each once, when it
 * was first found wrong.
 */
const corrections = (tx: Tx, { clubId }: Scope): Promise<readonly Corrected[]> => {
  const since = new Date(tx.now.getTime() - CORRECTION_DAYS * DAY_MS);
  return tx.db.$queryRaw<Corrected[]>`
    select min(found.at) as at, d.category, min(coalesce(d.inputs->'automation'->>'name', u.automation)) as automation
    from (
      select m."effectId", r."createdAt" as at from "Rating" r
        join "Message" m on m.id = r."messageId" and m."clubId" = r."clubId"
        where r."clubId" = ${clubId} and r."createdAt" > ${since} and r.score <= ${WRONG_SCORE}
      union all
      select c."effectId", c."createdAt" from "Correction" c where c."clubId" = ${clubId} and c."createdAt" > ${since}
      union all
      select split_part(f."effectKey", ':', 3), f."createdAt" from "Effect" f
        where f."clubId" = ${clubId} and f."createdAt" > ${since} and starts_with(f."effectKey", 'correction:')
    ) found
    join "Effect" e on e.id = found."effectId" and e."clubId" = ${clubId}
    join "Decision" d on d.id = e."decisionId" and d."clubId" = e."clubId"
    left join "AutomationUse" u on u."clubId" = e."clubId" and u."effectId" = e.id
    where e."plannedBy" = 'agent' and not e."needsApproval" and d.outcome = 'respond'
    group by e.id, d.category`;
};

type Step = StageStep & { readonly topic: string };

const steps = async (tx: Tx, { clubId }: Scope): Promise<readonly Step[]> => {
  const rows = await tx.db.autonomyChange.findMany({
    where: {
      clubId,
      status: { in: ["accepted", "declined", "demoted"] },
      createdAt: { gt: new Date(tx.now.getTime() - 2 * EVIDENCE_DAYS * DAY_MS) },
    },
    select: { scope: true, status: true, createdAt: true, decidedAt: true },
  });
  return rows.map(({ createdAt, decidedAt, scope, status }) => ({
    topic: scope,
    status: status === "accepted" || status === "declined" ? status : "demoted",
    at: decidedAt ?? createdAt,
  }));
};
