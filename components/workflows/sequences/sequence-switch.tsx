"use client";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { SEQUENCE_WORDS } from "#components/workflows/sequences/sequence-words.ts";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import { HeldForAll } from "#components/workflows/setting-scope.tsx";
import type { SequencesView } from "#components/workflows/workflow-types.ts";
import { SwitchTrack } from "#components/workflows/workflow-buttons.tsx";
import type { SequenceName } from "#server/domain/workflows/sequence.ts";

/** Off: nobody enters it, and whoever is in it leaves. */
export const SequenceSwitch = ({ sequence, view }: { readonly sequence: SequenceName; readonly view: SequencesView }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayManage = useMay("workflow.manage");
  const { settings, workflow } = view;
  const change = useWorkflowChange({
    change: (isOn: boolean) =>
      client.workflows.save.mutate({
        clubId,
        workflowId: workflow.id,
        version: workflow.version,
        schedule: workflow.schedule,
        settings: { [sequence]: { ...settings[sequence], isOn } },
      }),
    done: null,
  });
  const isHeld = view.lockedPaths.includes(`${sequence}.isOn`);
  const shown = change.isPending ? change.variables : settings[sequence].isOn;
  return (
    <label className="inline-flex items-center gap-2 text-sm text-ink-2">
      <input
        type="checkbox"
        role="switch"
        aria-label={`${SEQUENCE_WORDS[sequence].name} are followed up`}
        checked={shown}
        aria-checked={shown}
        disabled={!mayManage || isHeld || change.isPending}
        onChange={({ target }) => change.mutate(target.checked)}
        className="peer sr-only"
      />
      <SwitchTrack />
      <span aria-hidden="true" className="w-6">
        {shown ? "On" : "Off"}
      </span>
      {isHeld ? <HeldForAll /> : null}
    </label>
  );
};
