import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations", seed: "node --conditions=react-server prisma/seed.ts" },
  // Generating the client needs no database; `prisma migrate` does and says so when the address is empty.
  datasource: { url: process.env["OWNER_DATABASE_URL"] ?? "" },
});
