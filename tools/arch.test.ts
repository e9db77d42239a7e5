import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { functions } from "#inngest/functions.ts";

import { LINT_VIOLATIONS } from "./arch/lint-violations.ts";
import { OF_THE_FRANCHISE, readModels, WITHOUT_CLUB } from "./arch/prisma-models.ts";
import { cruise, lint, makeTree } from "./arch/run-tool.ts";
import { VIOLATIONS } from "./arch/violations.ts";
import { PROJECT_DIR } from "./prisma/project-files.ts";
import { ASKS_NOTHING, LEAVES_NO_AUDIT_ROW } from "./unguarded-verbs.mjs";

/** The tools are programs of their own that read the whole tree. */
const TOOL_TIMEOUT_MS = 120_000;
const PLACES = ["app", "bench", "components", "e2e", "evals", "inngest", "local", "prisma", "relay", "server", "tools"];
const FILES = ["instrumentation.ts", "instrumentation-node.ts", "proxy.ts"];
const present = [...PLACES, ...FILES].filter((place) => existsSync(path.join(PROJECT_DIR, place)));
const source = (file: string): string => readFileSync(path.join(PROJECT_DIR, file), "utf8");

describe("import rules", () => {
  test("hold in the whole project, and the cruise has really seen it", { timeout: TOOL_TIMEOUT_MS }, () => {
    const { totalCruised, violations } = cruise(PROJECT_DIR, present);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(totalCruised).toBeGreaterThan(100);
  });

  test("find the one violation of each", { timeout: TOOL_TIMEOUT_MS }, () => {
    const tree = makeTree(filesOf());
    onTestFinished(tree.remove);
    const { violations } = cruise(tree.dir, [...PLACES, ...FILES.slice(1)]);
    const found = new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`));
    expect(VIOLATIONS.map(({ rule, from }) => `${rule}: ${from}`).filter((expected) => !found.has(expected))).toEqual([]);
  });

  test("are all proven by a violation", () => {
    const { forbidden }: { forbidden: readonly { name: string }[] } = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
    expect(new Set(VIOLATIONS.map(({ rule }) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)));
  });
});

describe("lint rules", () => {
  test("find the one violation of each", { timeout: TOOL_TIMEOUT_MS }, () => {
    const tree = makeTree(new Map(LINT_VIOLATIONS.map(({ file, code }) => [file, code])));
    onTestFinished(tree.remove);
    const found = new Set(lint(tree.dir).map(({ code, filename }) => `${code}: ${filename}`));
    expect(LINT_VIOLATIONS.map(({ rule, file }) => `${rule}: ${file}`).filter((expected) => !found.has(expected))).toEqual([]);
  });

  test("are switched off nowhere without a reason", () => {
    const files = globSync("{app,bench,components,e2e,evals,inngest,local,prisma,relay,server,tools}/**/*.{ts,tsx,mjs}", {
      cwd: PROJECT_DIR,
    });
    const switches = files
      .filter((file) => !file.startsWith(path.join("server", "platform", "generated")))
      .flatMap(
        (file) =>
          source(file)
            .match(/\/[/*] ?(?:ox|es)lint-disable.*/g)
            ?.map((line) => `${file}: ${line}`) ?? [],
      );
    expect(switches.filter((line) => !/ -- \S+ \S+/.test(line))).toEqual([]);
  });
});

describe("verbs without a guard", () => {
  test.each([
    ["assertCan", ASKS_NOTHING],
    ["recordAudit", LEAVES_NO_AUDIT_ROW],
  ])("stand on the list of %s only while they lack it", (guard, list) => {
    const stale = Object.keys(list).filter((file) => !existsSync(path.join(PROJECT_DIR, file)) || source(file).includes(`${guard}(`));
    expect(stale).toEqual([]);
  });
});

describe("somebody who acts", () => {
  test("is made of who signed in or typed a PIN in one place, so that no road forgets at which desk they stand", () => {
    const files = globSync("{app,server}/**/*.{ts,tsx}", { cwd: PROJECT_DIR }).filter(
      (file) => !file.endsWith(".test.ts") && !file.startsWith(path.join("server", "testing")) && !file.endsWith("test-people.ts"),
    );
    expect(files.filter((file) => /kind: "staff",\s*(?:userId|\.\.\.)/.test(source(file))).toSorted()).toEqual([
      // A button at a vendor, and somebody who asked earlier: neither is a browser.
      "server/services/approvals/decide-by-press.ts",
      "server/services/ask/load-ask-turn.ts",
      "server/services/users/actor-of.ts",
    ]);
  });
});

describe("tables", () => {
  const models = readModels();

  test("name their club, or say why they have none", () => {
    expect(models.length).toBeGreaterThan(20);
    expect(
      models
        .filter(({ club }) => club === "none")
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(Object.keys(WITHOUT_CLUB).toSorted());
    expect(
      models
        .filter(({ club }) => club === "optional")
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(Object.keys(OF_THE_FRANCHISE).toSorted());
  });

  test("point at a parent by its id and the club, so that no row reaches into another club", () => {
    const byName = new Map(models.map((model) => [model.name, model]));
    const loose = models.flatMap(({ name, parents }) =>
      parents
        .filter(({ model }) => !(model in WITHOUT_CLUB))
        .filter(
          ({ model, fields, references }) =>
            !byName.get(model)?.hasTenantKey || fields.at(-1) !== "clubId" || references.join() !== "id,clubId",
        )
        .map(({ model }) => `${name} -> ${model}`),
    );
    expect(loose).toEqual([]);
  });
});

describe("durable functions", () => {
  const options = functions.map((each) => each.opts);

  test("have an id of their own, which is the name of their file", () => {
    const files = readdirSync(path.join(PROJECT_DIR, "inngest", "functions")).filter((file) => !file.includes(".test."));
    expect(options.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
  });

  test.each(options)("$id says how often it is tried and how many run at a time", ({ retries, concurrency, ...rest }) => {
    expect(retries).toBeTypeOf("number");
    expect(concurrency).toBeDefined();
    // It would swallow what the outbox hands out again, for a day.
    expect(rest).not.toHaveProperty("idempotency");
  });
});

/** The files of all violations; a file that is only imported exports one value. */
const filesOf = (): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  for (const { to } of VIOLATIONS) {
    if (to.includes("/") && !to.startsWith(".")) {
      files.set(to, "export const value = 1;");
    }
  }
  for (const { from, to, back } of VIOLATIONS) {
    files.set(from, `import * as other from "${specifier(from, to)}";\nexport const value = other;`);
    if (back !== undefined) {
      files.set(to, `import * as other from "${specifier(to, back)}";\nexport const value = other;`);
    }
  }
  return files;
};

const specifier = (from: string, to: string): string => {
  if (to.startsWith(".") || to.startsWith("node:") || !to.includes("/")) {
    return to;
  }
  const relative = path.relative(path.dirname(from), to);
  return relative.startsWith(".") ? relative : `./${relative}`;
};
