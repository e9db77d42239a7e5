import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { layerOf, newestLayer, type PolicyLayer } from "./read-layers.ts";

export type ClubLayer = { readonly id: Id<"club">; readonly slug: string; readonly name: string; readonly layer: PolicyLayer | null };

export type FranchiseLayers = { readonly franchise: PolicyLayer | null; readonly clubs: readonly ClubLayer[] };

type Row = {
  clubId: string;
  version: number;
  document: unknown;
  lockedPaths: unknown;
  note: string | null;
  publishedById: string | null;
  publishedAt: Date;
};

/** The franchise's layer and that of each of its clubs, by name. In the context of the whole franchise. */
export const franchiseLayers = async (tx: Tx, { franchiseId }: { readonly franchiseId: string }): Promise<FranchiseLayers> => {
  const clubs = await tx.db.club.findMany({
    where: { franchiseId, archivedAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, slug: true, name: true },
  });
  const rows = await tx.db.$queryRaw<Row[]>`
    select distinct on ("clubId") "clubId", version, document, "lockedPaths", note, "publishedById", "publishedAt"
    from "Policy" where "franchiseId" = ${franchiseId} and "clubId" is not null
    order by "clubId", version desc`;
  const newest = new Map(rows.map(({ clubId, ...row }) => [clubId, layerOf(row)]));
  return {
    franchise: await newestLayer(tx, { franchiseId, clubId: null }),
    clubs: clubs.map((club) => ({ ...club, id: asId("club", club.id), layer: newest.get(club.id) ?? null })),
  };
};

/**
 * The franchise's layer belongs to whoever owns all of it, not to the owner of one club. In the context of the franchise.
 * @throws `forbidden`
 */
export const assertOwnsFranchise = async (tx: Tx, ctx: ServiceContext): Promise<void> => {
  if (!(await ownsFranchise(tx, ctx))) {
    throw new DomainError("forbidden", "only an owner of the whole franchise may do this");
  }
};

export const ownsFranchise = async (tx: Tx, { actor, franchiseId }: ServiceContext): Promise<boolean> =>
  actor.kind === "staff" &&
  (await tx.db.staffAccess.count({ where: { userId: actor.userId, franchiseId, clubId: null, role: "owner", archivedAt: null } })) > 0;
