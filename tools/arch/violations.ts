/** One violation of each import rule: the guard's guard. Written into an empty folder and cruised by `tools/arch.test.ts`. */

type Violation = {
  /** Name of the rule in .dependency-cruiser.cjs. */
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  /** Content of `to` when it must import something back. */
  readonly back?: string;
};

export const VIOLATIONS: readonly Violation[] = [
  { rule: "no-cycles", from: "server/domain/first.ts", to: "server/domain/second.ts", back: "server/domain/first.ts" },
  { rule: "nothing-unresolved", from: "server/domain/lost.ts", to: "./nowhere.ts" },
  { rule: "domain-is-pure", from: "server/domain/impure.ts", to: "server/platform/clock.ts" },
  { rule: "domain-knows-five-packages", from: "server/domain/disk.ts", to: "node:fs" },
  { rule: "understanding-is-pure", from: "server/understanding/impure.ts", to: "server/services/verb.ts" },
  { rule: "understanding-knows-no-package", from: "server/understanding/disk.ts", to: "node:fs" },
  { rule: "platform", from: "server/platform/high.ts", to: "server/services/verb.ts" },
  { rule: "connectors", from: "server/connectors/alpha/high.ts", to: "server/services/verb.ts" },
  { rule: "vendors-are-strangers", from: "server/connectors/alpha/connector.ts", to: "server/connectors/beta/client.ts" },
  { rule: "connectors-keep-no-rows", from: "server/connectors/alpha/rows.ts", to: "server/platform/db.ts" },
  { rule: "services", from: "server/services/high.ts", to: "server/agent/think.ts" },
  { rule: "services-know-no-transport", from: "server/services/page.ts", to: "next" },
  { rule: "services-open-connectors-by-registry", from: "server/services/direct.ts", to: "server/connectors/beta/client.ts" },
  { rule: "internal-stays-in-its-folder", from: "server/services/orders/peek.ts", to: "server/services/people/internal.ts" },
  { rule: "agent", from: "server/agent/direct.ts", to: "server/connectors/beta/client.ts" },
  { rule: "agent-acts-through-verbs", from: "server/agent/rows.ts", to: "server/platform/tenant.ts" },
  { rule: "auth", from: "server/auth/high.ts", to: "server/trpc/root.ts" },
  { rule: "testing", from: "server/testing/high.ts", to: "server/trpc/root.ts" },
  { rule: "trpc-is-thin", from: "server/trpc/thick.ts", to: "server/platform/db.ts" },
  { rule: "inngest-is-thin", from: "inngest/thick.ts", to: "server/platform/db.ts" },
  { rule: "routes-are-thin", from: "app/api/thick/route.ts", to: "server/platform/db.ts" },
  { rule: "commands-call-verbs", from: "server/commands/keys.ts", to: "server/connectors/registry.ts" },
  { rule: "start-is-thin", from: "instrumentation-node.ts", to: "server/agent/think.ts" },
  { rule: "proxy-is-thin", from: "proxy.ts", to: "server/services/verb.ts" },
  { rule: "pages-go-through-trpc", from: "app/inbox/page.tsx", to: "server/services/verb.ts" },
  { rule: "components-see-domain", from: "components/inbox/list.tsx", to: "server/services/verb.ts" },
  { rule: "browser-code-sees-router-types-only", from: "components/inbox/router.tsx", to: "server/trpc/root.ts" },
  { rule: "ui-knows-no-domain", from: "components/ui/button.tsx", to: "server/domain/second.ts" },
  { rule: "one-door-to-each-vendor-package", from: "server/services/vendor.ts", to: "pusher" },
  { rule: "local-stands-apart", from: "local/reach.ts", to: "server/platform/clock.ts" },
  { rule: "seed-writes-through-services", from: "prisma/reach.ts", to: "server/agent/think.ts" },
  { rule: "bench-measures-from-outside", from: "bench/reach.ts", to: "server/platform/clock.ts" },
  { rule: "evals-try-the-agent", from: "evals/reach.ts", to: "server/trpc/root.ts" },
  { rule: "relay-stands-alone", from: "relay/reach.mjs", to: "server/domain/second.ts" },
  { rule: "relay-needs-nothing-but-node", from: "relay/package.mjs", to: "zod" },
  { rule: "tools-stand-apart", from: "tools/reach.ts", to: "server/domain/second.ts" },
  { rule: "browser-tests-see-the-product-from-outside", from: "e2e/reach.ts", to: "server/services/verb.ts" },
  { rule: "product-knows-no-test-code", from: "server/services/tested.ts", to: "server/testing/factories.ts" },
  { rule: "product-knows-no-stand-in", from: "server/services/stood.ts", to: "local/world.ts" },
];
