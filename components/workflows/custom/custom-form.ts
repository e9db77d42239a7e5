import { z } from "zod";

import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { CUSTOM_COPIES, type CopyableKind } from "#server/domain/workflows/custom-copies.ts";
import { BLANK_TASK, CustomTask } from "#server/domain/workflows/custom-task.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";
import { DEFAULT_SCHEDULES } from "#server/domain/workflows/settings.ts";

const NAME_MAX = 80;

/** What the editor of a task holds, checked by the schemas of the verbs. */
export const CustomFormSchema = z.object({
  name: z.string().trim().min(1, "give it a name").max(NAME_MAX, `keep it under ${NAME_MAX} characters`),
  schedule: Schedule,
  settings: CustomTask,
});
export type CustomForm = z.input<typeof CustomFormSchema>;
export type CheckedForm = z.output<typeof CustomFormSchema>;

/** Blank, or what a built-in workflow does as a task in plain words, at the times it has in this club. */
export const beginningOf = (
  from: CopyableKind | null,
  workflows: readonly Pick<WorkflowRow, "kind" | "name" | "schedule">[],
): CustomForm => {
  const source = workflows.find(({ kind }) => kind === from);
  if (from === null || source === undefined) {
    return { name: "", schedule: DEFAULT_SCHEDULES.custom, settings: BLANK_TASK };
  }
  const { purpose, task, tools } = CUSTOM_COPIES[from];
  return {
    name: `Copy of ${source.name}`.slice(0, NAME_MAX),
    schedule: source.schedule,
    settings: { ...BLANK_TASK, task, purpose, tools: [...tools] },
  };
};
