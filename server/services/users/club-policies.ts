import "server-only";

import type { ClubSummary } from "#server/domain/inbox-view.ts";
import { PolicyDocument, resolvePolicy } from "#server/domain/policy.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** What the shell shows of a club's policy on every page. */
export type PolicyGlance = Pick<ClubSummary, "agentName" | "stages">;

type Row = { franchiseId: string; clubId: string | null; version: number; document: unknown; lockedPaths: unknown };
type ClubKey = { readonly id: string; readonly franchiseId: string };

/** Name and stages of the agent of each club, from the newest version of both layers of its policy. Keyed by club id. */
export const clubPolicies = async (tx: Tx, clubs: readonly ClubKey[]): Promise<ReadonlyMap<string, PolicyGlance>> => {
  if (clubs.length === 0) {
    return new Map();
  }
  const franchiseIds = [...new Set(clubs.map((club) => club.franchiseId))];
  const rows = await tx.db.$queryRaw<Row[]>`
    select distinct on ("franchiseId", "clubId") "franchiseId", "clubId", version, document, "lockedPaths"
    from "Policy" where "franchiseId" = any (${franchiseIds})
    order by "franchiseId", "clubId", version desc`;
  return new Map(clubs.map((club) => [club.id, glanceOf(club, rows)]));
};

const glanceOf = (club: ClubKey, rows: readonly Row[]): PolicyGlance => {
  const franchise = rows.find((row) => row.franchiseId === club.franchiseId && row.clubId === null);
  const own = rows.find((row) => row.clubId === club.id);
  const { policy } = resolvePolicy({
    franchise: franchise === undefined ? null : { ...layerOf(franchise), lockedPaths: lockedPathsOf(franchise) },
    club: own === undefined ? null : layerOf(own),
  });
  return { agentName: policy.agent.name, stages: policy.stages };
};

/** A version this release cannot read must not keep people from signing in; the agent itself refuses to run on it. */
const layerOf = (row: Row): { readonly document: PolicyDocument; readonly version: number } => ({
  document: PolicyDocument.safeParse(row.document).data ?? {},
  version: row.version,
});

const lockedPathsOf = (row: Row): readonly string[] =>
  Array.isArray(row.lockedPaths) ? row.lockedPaths.filter((path): path is string => typeof path === "string") : [];
