import { z } from "zod";

import { settingsSchema } from "#components/workflows/setting-leaves.ts";
import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";

/** What the form of a workflow holds; both parts are checked by the schemas of the verb. */
export type SettingsForm = { schedule: Schedule; settings: Record<string, unknown> };

/** The settings stay a plain record for the form, whatever their kind; the complaints are those of the kind's own schema. */
export const settingsFormSchema = (kind: WorkflowKind) => {
  const schema = settingsSchema(kind);
  return z.object({
    schedule: Schedule,
    settings: z.record(z.string(), z.unknown()).superRefine((value, context) => {
      for (const { message, path } of schema?.safeParse(value).error?.issues ?? []) {
        context.addIssue({ code: "custom", message, path });
      }
    }),
  });
};
