import { diffPolicies } from "./policy-diff.ts";
import type { PolicyDifference } from "./policy-diff.ts";
import { isSameValue, leafOf, withLeaf } from "./policy-leaves.ts";
import { settingLabel } from "./policy-words.ts";
import { POLICY_PATHS } from "./policy.ts";
import type { Policy, PolicyDocument } from "./policy.ts";

/** What somebody has begun to change in one layer. */
export type PolicyDraft = {
  /** Every setting as it would hold. */
  readonly policy: Policy;
  /** Settings the layer is to leave to the one below. */
  readonly inherited: readonly string[];
};

type Base = {
  /** What the layer sets now, and what holds with it. */
  readonly document: PolicyDocument;
  readonly policy: Policy;
};

/** The layer's document with the draft in it: what was not touched stays as it stands there, set or not. */
export const documentOf = ({ document, policy }: Base, draft: PolicyDraft): PolicyDocument =>
  POLICY_PATHS.reduce((next, path) => {
    if (draft.inherited.includes(path)) {
      return withLeaf(next, path, undefined);
    }
    const value = leafOf(draft.policy, path);
    return isSameValue(value, leafOf(policy, path)) ? next : withLeaf(next, path, value);
  }, document);

/** What the draft changes, in words; a setting that only goes over to the layer below is a change, too. */
export const draftChanges = (base: Base, draft: PolicyDraft): readonly PolicyDifference[] => {
  const changed = diffPolicies(base.policy, draft.policy);
  const handedOver = draft.inherited
    .filter((path) => leafOf(base.document, path) !== undefined && changed.every((one) => one.path !== path))
    .map((path) => ({ path, label: settingLabel(path), from: "set here", to: "as the layer below" }));
  return [...changed, ...handedOver];
};

/** The same changes on another base: what was not touched is as it stands there by now. */
export const carryOver = (from: Base, to: Base, draft: PolicyDraft): PolicyDraft => ({
  inherited: draft.inherited.filter((path) => leafOf(to.document, path) !== undefined),
  policy: POLICY_PATHS.filter((path) => !isSameValue(leafOf(draft.policy, path), leafOf(from.policy, path))).reduce<PolicyDocument>(
    (policy, path) => withLeaf(policy, path, leafOf(draft.policy, path)),
    to.policy,
  ) as Policy,
});
