"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryState } from "nuqs";
import { FormProvider, useForm } from "react-hook-form";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath, workflowPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { beginningOf, CustomFormSchema, type CheckedForm, type CustomForm } from "#components/workflows/custom/custom-form.ts";
import { CustomFields } from "#components/workflows/custom/custom-fields.tsx";
import { newTaskParams } from "#components/workflows/search-params.ts";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Page } from "#components/ui/page.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { isCopyable, type CopyableKind } from "#server/domain/workflows/custom-copies.ts";

/** Where an owner writes a task of their own, or begins with a copy of a built-in one. */
export const NewTaskScreen = () => {
  const { id: clubId, slug } = useClub();
  const mayManage = useMay("workflow.manage");
  const workflows = useQuery(useTRPC().workflows.list.queryOptions({ clubId }));
  return (
    <Page
      title="New task"
      about="Recurring work in your own words. Spotter first shows you in a dry run exactly what it would do, and for whom."
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      {workflows.isPending ? <SkeletonRows count={6} label="Loading the editor" /> : null}
      {workflows.isError && workflows.data === undefined ? (
        <ErrorState error={workflows.error} onRetry={() => void workflows.refetch()} />
      ) : null}
      {workflows.data === undefined ? null : mayManage ? (
        <Beginning workflows={workflows.data} />
      ) : (
        <p className="rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">An owner writes tasks. You can read those there are.</p>
      )}
    </Page>
  );
};

type BeginningProps = { readonly workflows: readonly WorkflowRow[] };

const Beginning = ({ workflows }: BeginningProps) => {
  const [from, setFrom] = useQueryState("from", newTaskParams.from);
  const sources = workflows.filter(({ kind }) => isCopyable(kind));
  return (
    <div className="flex flex-col gap-8">
      <Field label="Begin with" hint="A built-in workflow stays as it is; its copy is a task you can change.">
        {(control) => (
          <Select
            {...control}
            className="w-72"
            value={from ?? ""}
            onChange={({ target }) => void setFrom(isCopyable(target.value) ? target.value : null)}
          >
            <option value="">A blank task</option>
            {sources.map(({ kind, name }) => (
              <option key={kind} value={kind}>
                A copy of {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Editor key={from ?? ""} from={from} workflows={workflows} />
    </div>
  );
};

const Editor = ({ from, workflows }: BeginningProps & { readonly from: CopyableKind | null }) => {
  const { id: clubId, slug } = useClub();
  const client = useTRPCClient();
  const router = useRouter();
  const form = useForm<CustomForm, unknown, CheckedForm>({
    defaultValues: beginningOf(from, workflows),
    resolver: zodResolver(CustomFormSchema),
    mode: "onTouched",
  });
  const create = useWorkflowChange({
    change: async ({ name, schedule, settings }: CheckedForm) => {
      const made = await client.workflows.createCustom.mutate({ clubId, name, schedule, task: settings, copiedFrom: from });
      await client.workflows.preview.mutate({ clubId, workflowId: made.workflowId });
      return made;
    },
    done: null,
    onDone: ({ workflowId }) => router.push(workflowPath(slug, workflowId)),
  });
  return (
    <FormProvider {...form}>
      <form
        aria-label="The task"
        onSubmit={(event) => void form.handleSubmit((values) => create.mutate(values))(event)}
        className="flex flex-col gap-8"
      >
        <CustomFields isDisabled={create.isPending} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" kind="primary" size="lg" isBusy={create.isPending}>
            <Eye aria-hidden="true" />
            Save and see the dry run
          </Button>
          <p className="text-sm text-ink-2">Nothing leaves the house. It does not run by its schedule before you switch it on.</p>
        </div>
      </form>
    </FormProvider>
  );
};
