"use client";

import { lazy, Suspense, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";

import { useDraft } from "#components/policy/draft-context.tsx";
import type { DraftForm } from "#components/policy/draft-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { diffLocks } from "#server/domain/policy-diff.ts";
import { documentOf, draftChanges } from "#server/domain/policy-draft.ts";
import { settingLabel } from "#server/domain/policy-words.ts";
import { Policy, POLICY_PATHS } from "#server/domain/policy.ts";

const ReviewDialog = lazy(async () => ({ default: (await import("#components/policy/review-dialog.tsx")).ReviewDialog }));

type ChangeBarProps = { readonly onDone: () => void };

/** What was changed so far, what it would have meant, and the way to put it into force. */
export const ChangeBar = ({ onDone }: ChangeBarProps) => {
  const { base, mayEdit } = useDraft();
  const { control } = useFormContext<DraftForm>();
  const draft = useWatch({ control }) as DraftForm;
  const [isReviewing, setIsReviewing] = useState(false);
  const changes = [...draftChanges(base, draft), ...diffLocks(base.lockedPaths, draft.lockedPaths)];
  const invalid = invalidSettings(draft.policy);
  if (!mayEdit || changes.length === 0) {
    return null;
  }
  const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return (
    <section
      aria-label="Your changes"
      className="sticky bottom-3 z-10 mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line-strong/60 bg-raised px-4 py-3 shadow-float max-md:px-3"
    >
      <p role="status" className="text-sm font-semibold">
        {count}
      </p>
      {invalid.length === 0 ? null : (
        <p role="alert" className="text-sm text-bad-ink">
          Not valid yet: {invalid.join(", ")}
        </p>
      )}
      <div className="flex flex-1 flex-wrap items-center justify-end gap-2 max-md:basis-full max-md:justify-between">
        <Button kind="quiet" onClick={onDone}>
          Discard
        </Button>
        <Button disabled={invalid.length > 0} onClick={() => setIsReviewing(true)}>
          <span className="max-md:hidden">
            {base.layer === "club" ? "See what last week would have looked like" : "See what changes in each club"}
          </span>
          <span className="md:hidden">{base.layer === "club" ? "Replay last week" : "Club by club"}</span>
        </Button>
        <Button kind="primary" disabled={invalid.length > 0} onClick={() => setIsReviewing(true)}>
          Publish
        </Button>
      </div>
      {isReviewing ? (
        <Suspense fallback={null}>
          <ReviewDialog
            changes={changes}
            document={documentOf(base, draft)}
            lockedPaths={draft.lockedPaths}
            onClose={() => setIsReviewing(false)}
            onPublished={() => {
              setIsReviewing(false);
              onDone();
            }}
          />
        </Suspense>
      ) : null}
    </section>
  );
};

/** By name, so that what is marked far up the page is found. */
const invalidSettings = (policy: unknown): readonly string[] => {
  const { error } = Policy.safeParse(policy);
  const paths = (error?.issues ?? []).map(({ path: [section, leaf] }) => {
    const own = String(section);
    return POLICY_PATHS.includes(own) ? own : `${own}.${String(leaf)}`;
  });
  return [...new Set(paths)].map(settingLabel);
};
