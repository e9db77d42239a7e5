/**
 * Fills an empty database with the demo: `node --conditions=react-server prisma/seed.ts`, with the product's environment
 * and OWNER_DATABASE_URL. Rows that exist are left as they are, so it may run at each start.
 */
import { PrismaClient } from "#server/platform/generated/client.ts";
import { PrismaPg } from "@prisma/adapter-pg";

import { seedDemo } from "./seed/seed-demo.ts";

const ownerUrl = process.env["OWNER_DATABASE_URL"] ?? "";
if (ownerUrl === "") {
  throw new Error("OWNER_DATABASE_URL is not set: the seed writes as the owner of the tables");
}

const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: ownerUrl, max: 1, options: "-c TimeZone=UTC" }) });
const { clubCount, newClubCount } = await seedDemo(client, { port: Number(process.env["SPOTTER_PORT"] ?? "3000") }).finally(() =>
  client.$disconnect(),
);
process.stdout.write(newClubCount === 0 ? `All ${clubCount} demo clubs are there.\n` : `${newClubCount} demo clubs are filled in.\n`);
