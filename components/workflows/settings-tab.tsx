"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Section } from "#components/policy/section.tsx";
import { LadderPreview } from "#components/workflows/ladder-preview.tsx";
import { SaveBar } from "#components/workflows/save-bar.tsx";
import { ScheduleFields } from "#components/workflows/schedule-fields.tsx";
import { SettingField } from "#components/workflows/setting-field.tsx";
import { settingLeaves } from "#components/workflows/setting-leaves.ts";
import { SettingScope } from "#components/workflows/setting-scope.tsx";
import { ownPathsOf, pinsOf, scopesOf, settingsFormSchema, sharedPart, type SettingsForm } from "#components/workflows/settings-form.ts";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";

type SettingsTabProps = { readonly workflow: WorkflowDetails };

/** An edit stays on the version it began from: what somebody else saved meanwhile moves nothing under one's hands. */
export const SettingsTab = ({ workflow }: SettingsTabProps) => {
  const [held, setHeld] = useState<WorkflowDetails | null>(null);
  const [generation, setGeneration] = useState(0);
  const shown = held ?? workflow;
  const release = (): void => {
    setHeld(null);
    setGeneration((count) => count + 1);
  };
  return (
    <Form
      key={`${shown.version} ${generation}`}
      workflow={shown}
      isOvertaken={shown.version !== workflow.version}
      onTouch={() => setHeld(shown)}
      onDone={release}
    />
  );
};

type FormProps = SettingsTabProps & { readonly isOvertaken: boolean; readonly onTouch: () => void; readonly onDone: () => void };

const Form = ({ isOvertaken, onDone, onTouch, workflow }: FormProps) => {
  const isDisabled = !useMay("workflow.manage");
  const paths = settingLeaves(workflow.kind).map(({ path }) => path);
  const { layer } = workflow;
  const form = useForm<SettingsForm>({
    defaultValues: {
      schedule: workflow.schedule,
      settings: { ...workflow.settings },
      scopes: scopesOf(paths, layer),
      pins: pinsOf(paths, layer),
    },
    resolver: zodResolver(settingsFormSchema(workflow.kind)),
    mode: "onChange",
  });
  const save = useSaveSettings({ workflow, paths, onDone });
  return (
    <FormProvider {...form}>
      {isDisabled ? (
        <p className="mb-6 rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">You can read these settings; an owner changes them.</p>
      ) : null}
      <form
        noValidate
        aria-label="Settings"
        onChange={onTouch}
        onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
        className="flex flex-col gap-8"
      >
        <Section id="schedule" title="When it runs">
          <ScheduleFields isDisabled={isDisabled} />
        </Section>
        {workflow.kind === "past_due" ? (
          <Section
            id="ladder"
            title="Who gets which reminder"
            about="The stronger of amount and attempts decides. The table follows the settings below."
          >
            <LadderPreview />
          </Section>
        ) : null}
        <Thresholds workflow={workflow} isDisabled={isDisabled} />
        <SaveBar
          isOvertaken={isOvertaken}
          isBusy={save.isPending}
          onDiscard={onDone}
          note="Not saved yet. Runs that are under way keep the settings they began with."
        />
      </form>
    </FormProvider>
  );
};

/** Every single setting of the kind, each with whom it holds for. */
const Thresholds = ({ isDisabled, workflow: { kind, layer } }: SettingsTabProps & { readonly isDisabled: boolean }) => {
  const leaves = settingLeaves(kind);
  const isHeld = (path: string): boolean => layer !== null && !layer.mayShare && layer.lockedPaths.includes(path);
  return (
    <Section id="thresholds" title="Thresholds and limits">
      {leaves.length === 0 ? (
        <p className="px-4 py-5 text-sm text-ink-3">This workflow has nothing else to set.</p>
      ) : (
        leaves.map((leaf, index) => (
          <SettingField
            key={leaf.path}
            leaf={leaf}
            isDisabled={isDisabled || isHeld(leaf.path)}
            scope={layer === null ? null : <SettingScope leaf={leaf} index={index} layer={layer} isDisabled={isDisabled} />}
          />
        ))
      )}
    </Section>
  );
};

type Saving = { readonly workflow: WorkflowDetails; readonly paths: readonly string[]; readonly onDone: () => void };

/** First what is meant for all clubs, then this club's own. */
const useSaveSettings = ({ onDone, paths, workflow }: Saving) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const { layer } = workflow;
  return useWorkflowChange({
    change: async (draft: SettingsForm) => {
      const shared = layer?.mayShare === true ? sharedPart(draft, { layer, paths }) : null;
      if (layer !== null && shared !== null) {
        await client.workflows.share.mutate({ clubId, kind: layer.kind, baseVersion: layer.version, ...shared });
      }
      // What was set for all clubs has made this club's next version already.
      const { version } = shared === null ? workflow : await client.workflows.get.query({ clubId, workflowId: workflow.id });
      const { schedule, settings } = draft;
      const pins = layer === null ? {} : { ownPaths: ownPathsOf(draft, paths) };
      return client.workflows.save.mutate({ clubId, workflowId: workflow.id, version, schedule, settings: { ...settings }, ...pins });
    },
    done: "Saved: preview it again before it goes live",
    onDone,
  });
};
