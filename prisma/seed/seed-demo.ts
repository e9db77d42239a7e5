import type { PrismaClient } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { createClub } from "#server/services/clubs/create-club.ts";

import { DEMO_FRANCHISES, type DemoClub, type DemoFranchise } from "../demo.ts";
import { seedConnections } from "./connections.ts";
import { seedExternalUsers } from "./external-users.ts";
import { fixedId, serialOf } from "./fixed-id.ts";
import { seedArticles } from "./knowledge/articles.ts";
import { hashOnce, seedStaff } from "./people.ts";
import { clubPolicy, FRANCHISE_LOCKS, franchisePolicy } from "./policies.ts";
import type { StackPort } from "./mail-account.ts";
import { profileOf } from "./profiles.ts";
import { seedRelay } from "./relays.ts";
import { seedSending } from "./sending.ts";

export type SeedResult = { readonly clubCount: number; readonly newClubCount: number };

/**
 * Writes the demo's franchises with their clubs, staff, connections, policies and knowledge, one transaction each.
 * Every row has a fixed id and is only ever inserted: what people changed since stays as they left it.
 * @param client signed in as the owner of the tables
 */
export const seedDemo = async (client: PrismaClient, { port }: StackPort = { port: 3_000 }): Promise<SeedResult> => {
  const passwordHash = hashOnce();
  let newClubCount = 0;
  for (const franchise of DEMO_FRANCHISES) {
    newClubCount += await client.$transaction(async (db) =>
      seedFranchise({ db, now: await clockOf(db) }, { franchise, passwordHash, port }),
    );
  }
  return { clubCount: DEMO_FRANCHISES.flatMap(({ clubs }) => clubs).length, newClubCount };
};

type FranchiseInput = { readonly franchise: DemoFranchise; readonly passwordHash: () => Promise<string> } & StackPort;

const seedFranchise = async (tx: Tx, { franchise, passwordHash, port }: FranchiseInput): Promise<number> => {
  // Two starts at the same time seed one after the other instead of into each other.
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('demo-seed', 0))`;
  const { id, slug, name } = franchise;
  await tx.db.franchise.createMany({ data: { id, slug, name, createdAt: tx.now }, skipDuplicates: true });
  await tx.db.policy.createMany({
    data: {
      id: fixedId("policy", serialOf(id)),
      franchiseId: id,
      clubId: null,
      version: 1,
      document: franchisePolicy(franchise),
      lockedPaths: FRANCHISE_LOCKS,
      note: "Complaints always go to a person.",
      publishedAt: tx.now,
    },
    skipDuplicates: true,
  });
  await seedSending(tx, franchise);
  let newClubCount = 0;
  for (const club of franchise.clubs) {
    newClubCount += (await seedClub(tx, { club, franchiseId: id, port })) ? 1 : 0;
  }
  await seedStaff(tx, { franchiseId: id, passwordHash });
  for (const club of franchise.clubs) {
    await seedExternalUsers(tx, { club, franchiseId: id });
  }
  return newClubCount;
};

type ClubInput = { readonly club: DemoClub; readonly franchiseId: string } & StackPort;

const seedClub = async (tx: Tx, { club, franchiseId, port }: ClubInput): Promise<boolean> => {
  const profile = profileOf(club.slug);
  const isNew = await createClub(tx, {
    id: club.id,
    franchiseId,
    slug: club.slug,
    name: club.name,
    kind: club.kind,
    timeZone: club.timeZone,
    currency: "USD",
    phone: club.phone,
    emergencyPhone: `+1${club.areaCode}5550198`,
    managerPhone: `+1${club.areaCode}5550197`,
    address: club.address,
    policy: {
      id: fixedId("policy", serialOf(club.id) * 100),
      document: clubPolicy(profile, { hasDoors: club.unifi !== null }),
      note: "Opening and staffed hours; the agent answers what it may.",
    },
  });
  await seedConnections(tx, { club, franchiseId, port });
  await seedRelay(tx, { club, franchiseId });
  await seedArticles(tx, { club, franchiseId, profile });
  return isNew;
};

const clockOf = async (db: Tx["db"]): Promise<Date> => {
  const [row] = await db.$queryRaw<{ now: Date }[]>`select spotter_now() as now`;
  if (row === undefined) {
    throw new Error("the database did not answer");
  }
  return row.now;
};
