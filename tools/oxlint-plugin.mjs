import path from "node:path";

import { ASKS_NOTHING, LEAVES_NO_AUDIT_ROW } from "./unguarded-verbs.mjs";

/** Rules of this project that no published plugin has; `tools/arch.test.ts` proves that each of them bites. */

const TRANSACTIONS = new Set(["inTransaction", "inFranchiseTransaction", "withClub", "withFranchise", "withUser", "withSystem"]);
/** Calls through which a transaction changes rows. */
const WRITES = new Set([
  "create",
  "createMany",
  "createManyAndReturn",
  "update",
  "updateMany",
  "updateManyAndReturn",
  "upsert",
  "delete",
  "deleteMany",
]);
const RAW_WRITES = new Set(["$executeRaw", "$executeRawUnsafe"]);

const nameOf = (callee) => (callee.type === "Identifier" ? callee.name : null);
const memberOf = (node) => (node.type === "MemberExpression" && node.property.type === "Identifier" ? node.property.name : null);
const fileOf = (context) => path.relative(context.cwd, context.filename).split(path.sep).join("/");

/** `tx.db.model.update(…)`, not the `update` of a hash. */
const isModelWrite = (callee) => {
  const owner = callee.type === "MemberExpression" ? callee.object : null;
  return (
    WRITES.has(memberOf(callee)) &&
    owner?.type === "MemberExpression" &&
    ["db", "client"].includes(memberOf(owner.object) ?? nameOf(owner.object))
  );
};

const verbGuards = {
  meta: {
    type: "problem",
    messages: {
      permission:
        "A file that opens a transaction asks for a permission (assertCan) or stands in tools/unguarded-verbs.mjs with its reason.",
      audit:
        "A file that writes in its own transaction leaves an audit row (recordAudit) or stands in tools/unguarded-verbs.mjs with its reason.",
    },
  },
  create: (context) => {
    const called = new Set();
    let opening = null;
    let hasWrite = false;
    return {
      CallExpression: (node) => {
        const name = nameOf(node.callee);
        called.add(name);
        opening ??= TRANSACTIONS.has(name) ? node : null;
        hasWrite ||= isModelWrite(node.callee);
      },
      TaggedTemplateExpression: (node) => {
        hasWrite ||= RAW_WRITES.has(memberOf(node.tag));
      },
      TemplateElement: (node) => {
        hasWrite ||= /^\s*(insert into|update|delete from)\s+"/i.test(node.value.raw);
      },
      "Program:exit": () => {
        if (opening === null) {
          return;
        }
        const file = fileOf(context);
        if (!called.has("assertCan") && !(file in ASKS_NOTHING)) {
          context.report({ node: opening, messageId: "permission" });
        }
        // Helpers with a `tx` parameter may write for a verb, so its wrapper alone counts as writing, too.
        const isWriting = hasWrite || called.has("inTransaction") || called.has("inFranchiseTransaction");
        if (isWriting && !called.has("recordAudit") && !(file in LEAVES_NO_AUDIT_ROW)) {
          context.report({ node: opening, messageId: "audit" });
        }
      },
    };
  },
};

const clockOnlyFromCtx = {
  meta: {
    type: "problem",
    messages: { clock: "Take the time from the context or from server/platform/clock.ts: a clock of one's own cannot be set by a test." },
  },
  create: (context) => ({
    NewExpression: (node) => {
      if (nameOf(node.callee) === "Date" && node.arguments.length === 0) {
        context.report({ node, messageId: "clock" });
      }
    },
    MemberExpression: (node) => {
      if (nameOf(node.object) === "Date" && memberOf(node) === "now") {
        context.report({ node, messageId: "clock" });
      }
    },
  }),
};

const STEP_TOOLS = new Set(["run", "sleep", "sleepUntil", "sendEvent", "waitForEvent", "invoke", "fetch"]);
const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const KEBAB_PART = /^[a-z0-9-]*$/;

const stepNames = {
  meta: {
    type: "problem",
    messages: { name: "Names of steps and functions are literals in kebab-case: runs that are alive are found again by them." },
  },
  create: (context) => {
    const check = (node) => {
      const isLiteral = node?.type === "Literal" && KEBAB.test(String(node.value));
      const isTemplate = node?.type === "TemplateLiteral" && node.quasis.every((quasi) => KEBAB_PART.test(quasi.value.raw));
      if (!isLiteral && !isTemplate) {
        context.report({ node, messageId: "name" });
      }
    };
    return {
      CallExpression: ({ callee, arguments: [first] }) => {
        if (callee.type !== "MemberExpression" || first === undefined) {
          return;
        }
        if (nameOf(callee.object) === "step" && STEP_TOOLS.has(memberOf(callee))) {
          check(first);
        }
        if (memberOf(callee) === "createFunction" && first.type === "ObjectExpression") {
          const id = first.properties.find((property) => property.key?.name === "id");
          check(id?.value ?? first);
        }
      },
    };
  },
};

const noDoubleAssertion = {
  meta: {
    type: "problem",
    messages: { double: "A cast through unknown switches the compiler off: parse the value, or give it its type where it is made." },
  },
  create: (context) => ({
    TSAsExpression: (node) => {
      if (node.expression.type === "TSAsExpression" && node.expression.typeAnnotation.type === "TSUnknownKeyword") {
        context.report({ node, messageId: "double" });
      }
    },
  }),
};

// The shape of an oxlint plugin is its default export.
export default {
  meta: { name: "spotter" },
  rules: {
    "verb-guards": verbGuards,
    "clock-only-from-ctx": clockOnlyFromCtx,
    "step-names": stepNames,
    "no-double-assertion": noDoubleAssertion,
  },
};
