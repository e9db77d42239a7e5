/** One violation of each lint rule that guards an agreement of this project, and where it would stand. */

type LintViolation = { readonly rule: string; readonly file: string; readonly code: string };

const VERB = `import { inTransaction } from "#server/services/context.ts";\n`;

export const LINT_VIOLATIONS: readonly LintViolation[] = [
  {
    rule: "spotter(verb-guards)",
    file: "server/services/things/unasked.ts",
    code: `${VERB}export const change = (ctx) => inTransaction(ctx, async () => recordAudit(ctx));`,
  },
  {
    rule: "spotter(verb-guards)",
    file: "server/services/things/unaudited.ts",
    code: `${VERB}export const change = (ctx) => { assertCan(ctx); return inTransaction(ctx, async () => 1); };`,
  },
  {
    rule: "spotter(verb-guards)",
    file: "server/services/things/quiet-write.ts",
    code: `export const change = (ctx) => { assertCan(ctx); return withClub(ctx, (tx) => tx.db.club.updateMany({})); };`,
  },
  {
    rule: "spotter(verb-guards)",
    file: "server/services/things/raw-write.ts",
    code: "export const change = (ctx) => { assertCan(ctx); return withClub(ctx, (tx) => tx.db.$executeRaw`select 1`); };",
  },
  { rule: "spotter(clock-only-from-ctx)", file: "server/services/things/new-date.ts", code: "export const at = () => new Date();" },
  { rule: "spotter(clock-only-from-ctx)", file: "components/things/date-now.ts", code: "export const at = () => Date.now();" },
  {
    rule: "spotter(step-names)",
    file: "inngest/functions/snake.ts",
    code: 'export const work = ({ step }) => step.run("send_it", () => 1);',
  },
  {
    rule: "spotter(step-names)",
    file: "inngest/functions/computed.ts",
    code: "export const work = ({ step, name }) => step.run(name, () => 1);",
  },
  { rule: "spotter(no-double-assertion)", file: "server/domain/double.ts", code: "export const two = (1 as unknown) as string;" },
  {
    rule: "inngest(no-nested-steps)",
    file: "inngest/functions/nested.ts",
    code: 'export const work = ({ step }) => step.run("outer", async () => step.run("inner", () => 1));',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "server/domain/reach.ts",
    code: 'import { now } from "#server/platform/clock.ts";\nexport const at = now;',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "server/connectors/alpha/reach.ts",
    code: 'import { verb } from "#server/services/verb.ts";\nexport const at = verb;',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "server/services/things/reach.ts",
    code: 'import { think } from "#server/agent/think.ts";\nexport const at = think;',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "server/agent/reach.ts",
    code: 'import { withClub } from "#server/platform/tenant.ts";\nexport const at = withClub;',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "server/trpc/routers/reach.ts",
    code: 'import { databases } from "#server/platform/db.ts";\nexport const at = databases;',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "components/things/reach.ts",
    code: 'import { verb } from "#server/services/verb.ts";\nexport const at = verb;',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "app/things/page.tsx",
    code: 'import { verb } from "#server/services/verb.ts";\nexport const at = verb;',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "local/reach.ts",
    code: 'import { verb } from "#server/services/verb.ts";\nexport const at = verb;',
  },
  { rule: "eslint(no-restricted-globals)", file: "server/domain/process.ts", code: "export const id = process.pid;" },
  { rule: "node(no-process-env)", file: "server/services/things/env.ts", code: 'export const home = process.env["HOME"];' },
  { rule: "import(no-default-export)", file: "components/things/default.ts", code: "export default 1;" },
  { rule: "oxc(no-barrel-file)", file: "server/services/things/index.ts", code: 'export * from "./env.ts";' },
  { rule: "typescript(no-explicit-any)", file: "server/domain/any.ts", code: "export const any = (value: any) => value;" },
  {
    rule: "typescript(no-non-null-assertion)",
    file: "server/domain/bang.ts",
    code: "export const bang = (value: string | null) => value!.length;",
  },
  {
    rule: "typescript(no-floating-promises)",
    file: "server/services/things/floating.ts",
    code: "const work = async () => 1;\nexport const start = () => {\n  work();\n};",
  },
  { rule: "eslint(no-console)", file: "local/console.ts", code: 'console.log("x");' },
];
