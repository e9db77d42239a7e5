const TEST = "\\.(db\\.test|test|eval|spec)\\.tsx?$";
/** What only tests use, lying beside what it helps to test. */
const TEST_HELP = "^server/testing/|/testing[a-z-]*\\.ts$|^server/auth/test-people\\.ts$|^local/postgres/test-database\\.ts$";
const CODE = "^(server|inngest|app|components|local|prisma|e2e|bench|relay|tools)/";

/** Everything of ours that `from` may import; the rest is an error, so that a new folder is closed until it is opened here. */
const layer = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: TEST },
  to: { path: CODE, pathNot: allowed },
});

/** Packages and Node modules that `from` may import. */
const packages = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: TEST },
  to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown", "core"], pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },

    layer("domain-is-pure", "^server/domain/", "^server/domain/"),
    packages("domain-knows-five-packages", "^server/domain/", "node_modules/(zod|date-fns|@date-fns/tz|libphonenumber-js|chrono-node)/"),
    layer("understanding-is-pure", "^server/understanding/", "^server/(domain|understanding)/"),
    packages("understanding-knows-no-package", "^server/understanding/", "^$"),
    layer("platform", "^server/platform/", "^server/(domain|platform)/"),
    layer("connectors", "^server/connectors/", "^server/(domain|platform|connectors)/"),
    layer("services", "^server/services/", "^server/(domain|platform|connectors|understanding|services)/"),
    layer("agent", "^server/agent/", "^server/(domain|platform|understanding|services|agent)/"),
    layer("auth", "^server/auth/", "^server/(domain|platform|services|auth)/"),
    layer("testing", "^server/testing/", "^server/(domain|platform|connectors|services|agent|testing)/"),
    layer("trpc-is-thin", "^server/trpc/", "^server/(domain|services|agent|trpc|auth)/|^server/platform/(clock|logger)\\.ts$"),
    layer("inngest-is-thin", "^inngest/", "^inngest/|^server/(domain|services|agent)/|^server/platform/(clock|events|logger)\\.ts$"),
    layer("commands-call-verbs", "^server/commands/", "^server/(domain|services)/"),
    // A mount may reach what it mounts: the router, the functions with their client, the sign-in.
    layer(
      "routes-are-thin",
      "^app/.*/route\\.ts$",
      "^server/(domain|services|trpc|auth)/|^server/platform/(clock|events|logger)\\.ts$|^inngest/functions\\.ts$",
    ),
    // The process comes up here, so this one file starts the platform.
    layer("start-is-thin", "^instrumentation-node\\.ts$", "^server/(platform|services)/"),
    layer("proxy-is-thin", "^proxy\\.ts$", "^server/(domain|auth)/|^server/platform/env\\.ts$"),
    layer(
      "pages-go-through-trpc",
      "^app/(?!.*/route\\.ts$)",
      "^(app|components)/|^server/(domain|auth)/|^server/trpc/(server\\.tsx|root\\.ts)$",
    ),
    layer("components-see-domain", "^components/", "^components/|^server/domain/|^server/trpc/root\\.ts$"),
    {
      name: "browser-code-sees-router-types-only",
      severity: "error",
      from: { path: "^(components|app)/", pathNot: [TEST, "/route\\.ts$"] },
      to: { path: "^server/trpc/root\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "ui-knows-no-domain",
      severity: "error",
      from: { path: "^components/ui/", pathNot: TEST },
      to: { path: CODE, pathNot: "^components/(ui|lib)/" },
    },
    {
      name: "vendors-are-strangers",
      severity: "error",
      from: { path: "^server/connectors/([^/]+)/", pathNot: TEST },
      to: { path: "^server/connectors/[^/]+/", pathNot: "^server/connectors/($1|_shared)/" },
    },
    {
      name: "connectors-keep-no-rows",
      severity: "error",
      from: { path: "^server/connectors/" },
      to: { path: "^server/platform/(db|tenant|generated)|node_modules/(@prisma|pg)/" },
    },
    {
      name: "agent-acts-through-verbs",
      severity: "error",
      from: { path: "^server/agent/", pathNot: TEST },
      to: { path: "^server/platform/(db|tenant|generated)|node_modules/(@prisma|pg)/" },
    },
    {
      name: "services-open-connectors-by-registry",
      severity: "error",
      from: { path: "^server/services/", pathNot: TEST },
      to: { path: "^server/connectors/[^/]+/", dependencyTypesNot: ["type-only"], pathNot: "^server/connectors/_shared/" },
    },
    {
      name: "internal-stays-in-its-folder",
      severity: "error",
      from: { path: "^server/services/([^/]+)/", pathNot: TEST },
      to: { path: "^server/services/[^/]+/internal\\.ts$", pathNot: "^server/services/$1/" },
    },
    {
      name: "services-know-no-transport",
      severity: "error",
      from: { path: "^server/(domain|platform|connectors|understanding|services|agent)/", pathNot: TEST },
      to: { path: "node_modules/(next|next-auth|@trpc|react)/" },
    },
    {
      name: "one-door-to-each-vendor-package",
      severity: "error",
      from: { path: CODE, pathNot: [TEST, TEST_HELP, "^(local|server/platform|e2e|bench|tools|prisma)/"] },
      to: { path: "node_modules/(@anthropic-ai|@prisma|pusher|pg)/", dependencyTypesNot: ["type-only"] },
    },

    layer("local-stands-apart", "^local/", "^(local|relay)/|^server/(domain|understanding)/|^prisma/demo(-staff)?\\.ts$"),
    // Copied to a computer at the club as it is: nothing is installed there.
    layer("relay-stands-alone", "^relay/", "^relay/"),
    packages("relay-needs-nothing-but-node", "^relay/", "^(?!.*node_modules/)"),
    layer("seed-writes-through-services", "^prisma/", "^prisma/|^server/(domain|platform|services)/"),
    layer("bench-measures-from-outside", "^bench/", "^bench/|^local/|^server/(domain|understanding)/|^prisma/demo(-staff)?\\.ts$"),
    // They try the agent as it is, without a database, against the stand-in or the real model.
    layer(
      "evals-try-the-agent",
      "^evals/",
      "^evals/|^local/(model|phone|start|vendors)/|^prisma/(demo|seed/profiles|seed/knowledge/)|^server/(domain|understanding|agent|services/agent-runs|platform)/",
    ),
    layer("tools-stand-apart", "^tools/", "^tools/|^local/postgres/"),
    layer("browser-tests-see-the-product-from-outside", "^e2e/", "^e2e/|^local/|^server/(domain|testing)/|^prisma/demo(-staff)?\\.ts$"),
    {
      name: "product-knows-no-test-code",
      severity: "error",
      from: { path: "^(app|components|inngest|server|local|prisma)/|^(instrumentation|proxy)", pathNot: [TEST, TEST_HELP] },
      to: { path: `${TEST}|${TEST_HELP}|^(e2e|bench|evals|tools)/|node_modules/(vitest|@playwright/test|fast-check)/` },
    },
    {
      name: "product-knows-no-stand-in",
      severity: "error",
      from: { path: "^(app|components|inngest|server)/|^(instrumentation|proxy|next\\.config)", pathNot: TEST },
      to: { path: "^(local|prisma|e2e|bench|evals)/" },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^server/platform/generated/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    // Packages without a CommonJS entry are found by their "import" condition only.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
