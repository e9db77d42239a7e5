"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { CustomFields } from "#components/workflows/custom/custom-fields.tsx";
import { CustomFormSchema, type CheckedForm, type CustomForm } from "#components/workflows/custom/custom-form.ts";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { BLANK_TASK, CustomTask } from "#server/domain/workflows/custom-task.ts";

type CustomSettingsProps = { readonly workflow: WorkflowDetails };

/** An edit stays on the version it began from: what somebody else saved meanwhile moves nothing under one's hands. */
export const CustomSettings = ({ workflow }: CustomSettingsProps) => {
  const [held, setHeld] = useState<WorkflowDetails | null>(null);
  const [generation, setGeneration] = useState(0);
  const shown = held ?? workflow;
  const release = (): void => {
    setHeld(null);
    setGeneration((count) => count + 1);
  };
  return (
    <div className="flex flex-col gap-8">
      <Form
        key={`${shown.version} ${generation}`}
        workflow={shown}
        isOvertaken={shown.version !== workflow.version}
        onTouch={() => setHeld(shown)}
        onDone={release}
      />
      <Remove workflow={workflow} />
    </div>
  );
};

type FormProps = CustomSettingsProps & { readonly isOvertaken: boolean; readonly onTouch: () => void; readonly onDone: () => void };

const Form = ({ isOvertaken, onDone, onTouch, workflow }: FormProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const isDisabled = !useMay("workflow.manage");
  const form = useForm<CustomForm, unknown, CheckedForm>({
    defaultValues: {
      name: workflow.name,
      schedule: workflow.schedule,
      settings: CustomTask.safeParse(workflow.settings).data ?? BLANK_TASK,
    },
    resolver: zodResolver(CustomFormSchema),
    mode: "onChange",
  });
  const save = useWorkflowChange({
    change: ({ name, schedule, settings }: CheckedForm) =>
      client.workflows.save.mutate({
        clubId,
        workflowId: workflow.id,
        version: workflow.version,
        name,
        schedule,
        settings: { ...settings },
      }),
    done: "Saved: see its dry run again before it goes live",
    onDone,
  });
  const { isDirty, isValid } = form.formState;
  return (
    <FormProvider {...form}>
      {isDisabled ? (
        <p className="rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">You can read this task; an owner changes it.</p>
      ) : null}
      <form
        aria-label="The task"
        onChange={onTouch}
        onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
        className="flex flex-col gap-8"
      >
        <CustomFields isDisabled={isDisabled || save.isPending} />
        {isDirty ? (
          <SaveBar
            words={statusOf({ isOvertaken, isValid, isLive: !workflow.isDryRun })}
            isReady={isValid && !isOvertaken}
            isBusy={save.isPending}
            onDiscard={onDone}
          />
        ) : null}
      </form>
    </FormProvider>
  );
};

type SaveBarProps = { readonly words: string; readonly isReady: boolean; readonly isBusy: boolean; readonly onDiscard: () => void };

const SaveBar = ({ isBusy, isReady, onDiscard, words }: SaveBarProps) => (
  <section
    aria-label="Your changes"
    className="sticky bottom-3 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line-strong/60 bg-raised px-4 py-3 shadow-float"
  >
    <p role="status" className="min-w-0 flex-1 basis-56 text-sm">
      {words}
    </p>
    <div className="flex gap-2">
      <Button kind="quiet" onClick={onDiscard}>
        Discard
      </Button>
      <Button type="submit" kind="primary" disabled={!isReady} isBusy={isBusy}>
        Save
      </Button>
    </div>
  </section>
);

const statusOf = ({ isLive, isOvertaken, isValid }: { isLive: boolean; isOvertaken: boolean; isValid: boolean }): string => {
  if (isOvertaken) {
    return "Somebody saved a newer version meanwhile. Discard yours to see it.";
  }
  if (!isValid) {
    return "Not valid yet: see what is marked.";
  }
  return isLive
    ? "Not saved yet. A changed task goes back to dry run until you have seen what it would do."
    : "Not saved yet. Runs that are under way keep the task they began with.";
};

const Remove = ({ workflow: { id, name } }: CustomSettingsProps) => {
  const { id: clubId, slug } = useClub();
  const client = useTRPCClient();
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useWorkflowChange({
    change: () => client.workflows.archive.mutate({ clubId, workflowId: id }),
    done: `“${name}” is removed`,
    onDone: () => router.push(clubPath(slug, "workflows")),
  });
  return useMay("workflow.manage") ? (
    <>
      <Button className="self-start border-bad-ink/40 text-bad-ink" onClick={() => setIsAsking(true)}>
        <Trash2 aria-hidden="true" />
        Remove this task
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Remove “${name}”?`}
        description="It never runs again. What it did stays in the history of the club."
      >
        <div className="flex justify-between">
          <Button onClick={() => setIsAsking(false)}>Keep it</Button>
          <Button kind="primary" isBusy={remove.isPending} onClick={() => remove.mutate(null)}>
            Remove
          </Button>
        </div>
      </Dialog>
    </>
  ) : null;
};
