import "server-only";

import { z } from "zod";

import type { PeoplePort } from "#server/connectors/ports.ts";
import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { keepPlace } from "#server/services/members/keep-place.ts";
import { SYNC_LEASE_MINUTES } from "#server/services/members/limits.ts";
import { PageFailures, type SyncClaim, type SyncPlace } from "#server/services/members/schemas.ts";
import { storePeople, type StoreOutcome } from "#server/services/members/store-people.ts";
import { storeVisitsAndConsents } from "#server/services/members/store-visits-and-consents.ts";

export type PeoplePage = Awaited<ReturnType<PeoplePort["listMembers"]>>;

type Input = { readonly claim: SyncClaim; readonly place: SyncPlace; readonly page: PeoplePage };

/** Stores one page and the place after it together: a crash repeats at most one page, and repeating it changes nothing. */
export const storePage = (ctx: ServiceContext, { claim, place, page }: Input): Promise<SyncPlace> =>
  inTransaction(ctx, async (tx) => {
    if (!claim.isPolled) {
      await extendLease(tx, ctx, claim);
    }
    const people = [...new Map(page.members.map((person) => [person.externalId, person])).values()];
    const failures = PageFailures.safeParse(page).data?.failures ?? [];
    const hasNoBalance = new Set(failures.filter(({ what }) => what === "agreement").map(({ externalId }) => externalId));
    const { connectionId, provider } = claim;
    const outcomes = await storePeople(tx, ctx, { source: { connectionId, provider, seenAt: place.startedAt }, people, hasNoBalance });
    await storeVisitsAndConsents(tx, ctx, { connectionId, people });
    const count = (wanted: StoreOutcome): number => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
    const counts = { createdCount: count("created"), changedCount: count("changed"), mergedCount: count("merged") };
    if (counts.createdCount + counts.changedCount + counts.mergedCount > 0) {
      await recordAudit(tx, ctx, { action: "members.synced", entityId: connectionId, details: counts });
    }
    const next: SyncPlace = {
      ...place,
      cursor: z.json().parse(page.cursor),
      createdCount: place.createdCount + counts.createdCount,
      changedCount: place.changedCount + counts.changedCount,
      mergedCount: place.mergedCount + counts.mergedCount,
      unchangedCount: place.unchangedCount + count("unchanged"),
      failureCount: place.failureCount + new Set(failures.map(({ externalId }) => externalId)).size,
      mayHaveMissed: place.mayHaveMissed || page.mayHaveMissed === true,
    };
    await keepPlace(tx, ctx, { connectionId, place: next, ...(place.holder === undefined ? {} : { heldBy: place.holder }) });
    return next;
  });

/** Locks the row: a sync that lost its lease while it waited for the vendor cannot store what it read. */
const extendLease = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, fencingToken }: SyncClaim): Promise<void> => {
  const { count } = await tx.db.connection.updateMany({
    where: { id: connectionId, clubId: ctx.clubId, fencingToken },
    data: { leaseUntil: new Date(tx.now.getTime() + SYNC_LEASE_MINUTES * 60_000) },
  });
  if (count === 0) {
    throw new DomainError("conflict", "another sync has taken this connection over");
  }
};
