import { AUTOMATIONS } from "./automations.ts";
import { expandLocks, isSameValue, leafOf } from "./policy-leaves.ts";
import { automationFields, settingLabel, valueWords } from "./policy-words.ts";
import { POLICY_PATHS } from "./policy.ts";
import type { PolicyDocument } from "./policy.ts";

/** One setting that two documents, or two whole policies, do not agree on, in words. */
export type PolicyDifference = { readonly path: string; readonly label: string; readonly from: string; readonly to: string };

/** What changes from one to the other, setting by setting in the order of the page; equal ones give an empty list. */
export const diffPolicies = (before: PolicyDocument, after: PolicyDocument): readonly PolicyDifference[] =>
  POLICY_PATHS.flatMap((path) => {
    const [from, to] = [leafOf(before, path), leafOf(after, path)];
    return isSameValue(from, to) ? [] : differencesAt(path, { from, to });
  });

const differencesAt = (path: string, { from, to }: { readonly from: unknown; readonly to: unknown }): readonly PolicyDifference[] => {
  const automation = AUTOMATIONS.find((name) => path === `automations.${name}`);
  if (automation === undefined) {
    return [{ path, label: settingLabel(path), from: valueWords(path, from), to: valueWords(path, to) }];
  }
  const earlier = new Map(automationFields(automation, from).map(({ field, words }) => [field, words]));
  return automationFields(automation, to).flatMap(({ field, label, words }) => {
    const was = earlier.get(field) ?? words;
    return was === words ? [] : [{ path, label, from: was, to: words }];
  });
};

/** Settings that are locked or let go between two versions of the franchise. */
export const diffLocks = (before: readonly string[], after: readonly string[]): readonly PolicyDifference[] => {
  const [was, is] = [new Set(expandLocks(before)), new Set(expandLocks(after))];
  return POLICY_PATHS.filter((path) => was.has(path) !== is.has(path)).map((path) => ({
    path,
    label: settingLabel(path),
    from: was.has(path) ? "locked" : "open to clubs",
    to: is.has(path) ? "locked" : "open to clubs",
  }));
};
