"use client";

import { useForm } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowText } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { MERGE_FIELDS, renderExample, segmentsOf, unknownFieldsOf, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { TEMPLATE_MIN_CHARACTERS, TEMPLATE_ROOM } from "#server/domain/workflows/templates.ts";

type TextDialogProps = { readonly text: WorkflowText; readonly onClose: () => void };

/** The club's own words, with what they read like for an invented person. */
export const TextDialog = ({ onClose, text }: TextDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { body: text.body }, mode: "onChange" });
  const save = useWorkflowChange({
    change: (body: string) => client.workflows.saveText.mutate({ clubId, key: text.key, body }),
    done: `“${text.name}” is saved`,
    onDone: onClose,
  });
  const body = form.watch("body");
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title={text.name}
      description="Spotter words it anew for each group from these words. Who was approved for the old text needs a new yes."
    >
      <form onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values.body.trim()))(event)}>
        <fieldset disabled={save.isPending} className="flex flex-col gap-4">
          <Field label="Your words" hint={`Up to ${TEMPLATE_ROOM} characters.`} error={form.formState.errors.body?.message}>
            {(control) => (
              <TextArea
                {...control}
                rows={5}
                {...form.register("body", {
                  minLength: { value: TEMPLATE_MIN_CHARACTERS, message: "Write a little more." },
                  maxLength: { value: TEMPLATE_ROOM, message: `Keep it under ${TEMPLATE_ROOM} characters.` },
                  validate: (value) => faultOf(value, text),
                })}
              />
            )}
          </Field>
          <Fields text={text} />
          <Example body={body} />
          <div className="flex justify-between">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" kind="primary" isBusy={save.isPending}>
              Save
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};

const Fields = ({ text: { fields } }: Pick<TextDialogProps, "text">) => (
  <div className="text-xs text-ink-3">
    <p className="mb-1">It may be filled with:</p>
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {fields.map((field) => (
        <li key={field}>
          <code className="text-ink-2">{`{{${field}}}`}</code> {MERGE_FIELDS[field].label}
        </li>
      ))}
    </ul>
  </div>
);

/** What the words read like for an invented person, with the line that says how to opt out. */
const Example = ({ body }: { readonly body: string }) => {
  const example = renderExample(body);
  if (example.kind !== "text") {
    return null;
  }
  const shown = withOptOut(example.text);
  const count = segmentsOf(shown);
  return (
    <div>
      <p className="mb-1 text-xs text-ink-3 tabular-nums">
        For an invented person, in {count} {count === 1 ? "part" : "parts"}
      </p>
      <p className="rounded-card bg-sunken px-3 py-2 text-sm whitespace-pre-line">{shown}</p>
    </div>
  );
};

const faultOf = (body: string, { required }: Pick<WorkflowText, "required">): true | string => {
  const [unknown] = unknownFieldsOf(body);
  const missing = required.find((field) => !body.includes(`{{${field}}}`));
  if (unknown !== undefined) {
    return `{{${unknown}}} is no field.`;
  }
  return missing === undefined || `The text needs {{${missing}}}.`;
};
