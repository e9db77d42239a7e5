import "server-only";

import { z } from "zod";

import {
  AUTONOMY_SCOPES,
  AutonomyScope,
  EVIDENCE_DAYS,
  mayBeEarned,
  scopeLabel,
  stageIn,
  type AutonomyEvidence,
} from "#server/domain/autonomy.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { resolvePolicy, type Policy } from "#server/domain/policy.ts";
import { Stage } from "#server/domain/vocabulary-schemas.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { policyLayers } from "#server/services/policies/read-layers.ts";

import { readHistory } from "./read-history.ts";
import { isStageLocked } from "./set-stage.ts";

export type StageChange = {
  readonly id: Id<"autonomyChange">;
  readonly scope: AutonomyScope;
  readonly label: string;
  readonly from: Stage;
  readonly to: Stage;
  readonly status: "offered" | "accepted" | "declined" | "demoted";
  readonly evidence: AutonomyEvidence;
  readonly at: Date;
};

/** How well the drafts of one topic agreed with what staff sent. */
export type Agreement = {
  readonly scope: AutonomyScope;
  readonly label: string;
  readonly stage: Stage;
  readonly draftCount: number;
  readonly agreedCount: number;
  /** Corrections of automatic answers in the last seven days. */
  readonly correctionCount: number;
  /** False where a person acts whatever the drafts are like. */
  readonly mayBeEarned: boolean;
  readonly isLocked: boolean;
};

export type Autonomy = {
  readonly offers: readonly StageChange[];
  /** What was raised, kept and taken back within 60 days, newest first. */
  readonly history: readonly StageChange[];
  readonly agreement: readonly Agreement[];
  readonly bars: Policy["learning"];
};

const HISTORY_DAYS = 2 * EVIDENCE_DAYS;
const HISTORY_MAX_COUNT = 50;

/** The stages of every topic with what they rest on. */
export const getAutonomy = async (ctx: ServiceContext): Promise<Autonomy> => {
  assertCan(ctx, "learning.read");
  return withClub(
    ctx,
    async (tx) => {
      const layers = await policyLayers(tx, ctx);
      const { policy } = resolvePolicy(layers);
      const historyOf = await readHistory(tx, ctx);
      const rows = await tx.db.autonomyChange.findMany({
        where: {
          clubId: ctx.clubId,
          status: { not: "withdrawn" },
          createdAt: { gt: new Date(tx.now.getTime() - HISTORY_DAYS * 86_400_000) },
        },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: HISTORY_MAX_COUNT,
      });
      const changes = rows.map(changeOf);
      return {
        offers: changes.filter(({ status }) => status === "offered"),
        history: changes.filter(({ status }) => status !== "offered"),
        agreement: AUTONOMY_SCOPES.map((scope) => {
          const { comparisons, corrections } = historyOf(scope);
          return {
            scope,
            label: scopeLabel(scope),
            stage: stageIn(policy, scope),
            draftCount: comparisons.length,
            agreedCount: comparisons.filter(({ isAgreed }) => isAgreed).length,
            correctionCount: corrections.length,
            mayBeEarned: mayBeEarned(scope),
            isLocked: isStageLocked(layers, scope),
          };
        }),
        bars: policy.learning,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

const Evidence = z.object({ draftCount: z.number(), agreedCount: z.number(), correctionCount: z.number(), since: z.string() });
const Status = z.enum(["offered", "accepted", "declined", "demoted"]);

type Row = {
  readonly id: string;
  readonly scope: string;
  readonly fromStage: string;
  readonly toStage: string;
  readonly status: string;
  readonly evidence: unknown;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
};

const changeOf = (row: Row): StageChange => {
  const scope = AutonomyScope.parse(row.scope);
  return {
    id: asId("autonomyChange", row.id),
    scope,
    label: scopeLabel(scope),
    from: Stage.parse(row.fromStage),
    to: Stage.parse(row.toStage),
    status: Status.parse(row.status),
    evidence: Evidence.parse(row.evidence),
    at: row.decidedAt ?? row.createdAt,
  };
};
