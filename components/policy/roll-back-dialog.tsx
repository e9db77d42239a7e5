"use client";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { ChangeList } from "#components/policy/change-list.tsx";
import { FailureText } from "#components/policy/failure-text.tsx";
import type { EditedLayer, PolicySettings, PolicyVersion } from "#components/policy/policy-types.ts";
import { usePolicyChange } from "#components/policy/use-policy-change.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { diffLocks, diffPolicies } from "#server/domain/policy-diff.ts";
import { settingLabel } from "#server/domain/policy-words.ts";

type RollBackDialogProps = {
  readonly layer: EditedLayer;
  readonly target: PolicyVersion;
  readonly current: PolicySettings[EditedLayer];
  readonly onClose: () => void;
};

/** What going back would change, before it does. */
export const RollBackDialog = ({ layer, target, current, onClose }: RollBackDialogProps) => {
  const { id: clubId } = useClub();
  const trpcClient = useTRPCClient();
  const rolling = usePolicyChange({
    change: () => trpcClient.policies.rollBack.mutate({ clubId, layer, version: target.version, baseVersion: current.version }),
    done: ({ version, keptPaths }) =>
      keptPaths.length === 0
        ? `Version ${target.version} holds again, as version ${version}`
        : `Version ${version} is in force; the franchise holds ${keptPaths.map(settingLabel).join(", ")}`,
  });
  const changes = [...diffPolicies(current.document, target.document), ...diffLocks(current.lockedPaths, target.lockedPaths)];
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title={`Go back to version ${target.version}?`}
      description="Its rules are published again as a new version. Nothing is lost: the version in force now stays in the list."
    >
      <div className="max-h-72 overflow-y-auto">
        <ChangeList differences={changes} nothing="The rules in force are the same as these." />
      </div>
      {rolling.isError ? <FailureText error={rolling.error} /> : null}
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Keep what is in force
        </Button>
        <Button
          kind="primary"
          size="lg"
          disabled={changes.length === 0}
          isBusy={rolling.isPending}
          onClick={() => rolling.mutate(undefined, { onSuccess: onClose })}
        >
          Go back
        </Button>
      </div>
    </Dialog>
  );
};
