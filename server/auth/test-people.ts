import type { Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { PrismaClient } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { hashPassword } from "#server/services/users/password-hash.ts";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";

/** Cheap enough that a suite signs in dozens of times. */
const CHEAP = { memoryKib: 256, passes: 1, lanes: 1 };

export type Place = { readonly franchiseId: Id<"franchise">; readonly clubId: Id<"club">; readonly slug: string };
export type Person = { readonly userId: Id<"user">; readonly email: string; readonly name: string; readonly password: string };

type Make = {
  query: (sql: string, values: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  place: (franchiseId?: Id<"franchise">) => Promise<Place>;
  person: (password?: string) => Promise<Person>;
  access: (person: Person, place: { franchiseId: string; clubId: string | null }, role: Role) => Promise<Id<"staffAccess">>;
  close: () => Promise<void>;
};

/**
 * A database of the suite's own, cloned from the migrated template, and rows in it made as the owner of the tables, so
 * that a test's set-up does not depend on what it tests.
 */
export const makePeople = async (): Promise<Make> => {
  const database = await cloneTemplate();
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 2, options: "-c TimeZone=UTC" });
  const query: Make["query"] = async (sql, values) => (await pool.query<Record<string, unknown>>(sql, [...values])).rows;
  let serial = 0;
  const unique = (): string => `${process.pid}-${Date.now().toString(36)}-${(serial += 1)}`;

  return {
    query,
    place: async (existing) => {
      const franchiseId = existing ?? newId("franchise");
      const clubId = newId("club");
      const slug = `test-${unique()}`;
      if (existing === undefined) {
        await query(`insert into "Franchise" (id, slug, name, "createdAt") values ($1, $2, 'Test Franchise', now())`, [
          franchiseId,
          `fr-${slug}`,
        ]);
      }
      await query(
        `insert into "Club" (id, "franchiseId", slug, name, kind, "timeZone", currency, "createdAt") values ($1, $2, $3, $4, 'gym', 'America/Denver', 'USD', now())`,
        [clubId, franchiseId, slug, `Club ${slug}`],
      );
      await query(`insert into "ClubCounter" ("clubId", "franchiseId") values ($1, $2)`, [clubId, franchiseId]);
      return { franchiseId, clubId, slug };
    },
    person: async (password = "larkspur at dawn") => {
      const userId = newId("user");
      const email = `person-${unique()}@people.example`;
      const values = [userId, email, "Test Person", await hashPassword(password, CHEAP)];
      await query(`insert into "User" (id, email, name, "passwordHash", "createdAt") values ($1, $2, $3, $4, now())`, values);
      return { userId, email, name: "Test Person", password };
    },
    access: async (person, { franchiseId, clubId }, role) => {
      const id = newId("staffAccess");
      await query(
        `insert into "StaffAccess" (id, "userId", "franchiseId", "clubId", role, "createdAt") values ($1, $2, $3, $4, $5, now())`,
        [id, person.userId, franchiseId, clubId, role],
      );
      return id;
    },
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
};

type Suite = { readonly ownerUrl: string; readonly close: () => Promise<void> };

/** Points the two logins of the product at a fresh clone for as long as this worker lives. */
const cloneTemplate = async (): Promise<Suite> => {
  const name = `people_${process.pid}_${Date.now().toString(36)}`;
  const admin = new pg.Client({ connectionString: addressOf("ADMIN").href });
  await admin.connect();
  await admin.query(`create database ${name} template ${addressOf("OWNER").pathname.slice(1)}`);
  await admin.end();
  const connect = (role: "APP" | "SYSTEM"): PrismaClient =>
    new PrismaClient({ adapter: new PrismaPg({ connectionString: addressOf(role, name).href, max: 16, options: "-c TimeZone=UTC" }) });
  const clients = { app: connect("APP"), system: connect("SYSTEM") };
  Object.assign(globalThis, { spotterDatabases: clients });
  return {
    ownerUrl: addressOf("OWNER", name).href,
    close: async () => {
      await Promise.all([clients.app.$disconnect(), clients.system.$disconnect()]);
    },
  };
};

/** Set by the global set-up of the tests with a database (local/postgres/test-database.ts). */
const addressOf = (role: "ADMIN" | "OWNER" | "APP" | "SYSTEM", database?: string): URL => {
  const address = process.env[`TEST_DATABASE_${role}_URL`];
  if (address === undefined) {
    throw new Error("run this with `vitest --project db`, which starts the database");
  }
  const url = new URL(address);
  if (database !== undefined) {
    url.pathname = `/${database}`;
  }
  return url;
};

export const contextOf = (person: Person, place: Place, role: Role): ServiceContext => ({
  franchiseId: place.franchiseId,
  clubId: place.clubId,
  actor: { kind: "staff", userId: person.userId, name: person.name, role, signedInAt: new Date() },
  requestId: "test",
});
