import { defineConfig } from "vitest/config";

/** The pure tests of the rules that are mutated: no projects, no environment, no database. Which ones, the runner says. */
export default defineConfig({
  test: {
    globals: false,
    retry: 0,
    include: JSON.parse(process.env["SPOTTER_MUTATION_TESTS"] ?? "[]"),
    setupFiles: ["server/testing/setup.ts"],
  },
});
