"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { SNIPPET_FIELDS, unknownFields, type Snippet } from "#server/domain/snippets.ts";

type SnippetDialogProps = { readonly snippets: readonly Snippet[]; readonly onClose: () => void };

const NEW = { id: null, name: "", text: "" } as const;

/** One saved reply at a time: chosen, changed, taken away, or a new one. */
export const SnippetDialog = ({ snippets, onClose }: SnippetDialogProps) => {
  const [chosen, setChosen] = useState<Snippet | typeof NEW>(snippets[0] ?? NEW);
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title="Saved replies"
      description="The whole team of this club can put them into a reply, and change the words before sending."
    >
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label="Which one">
            {(control) => (
              <Select
                {...control}
                value={chosen.id ?? ""}
                onChange={({ target }) => setChosen(snippets.find(({ id }) => id === target.value) ?? NEW)}
              >
                <option value="">A new one</option>
                {snippets.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </div>
      <SnippetForm key={chosen.id ?? "new"} snippet={chosen} onDone={onClose} />
    </Dialog>
  );
};

const SnippetForm = ({ snippet, onDone }: { readonly snippet: Snippet | typeof NEW; readonly onDone: () => void }) => {
  const [name, setName] = useState<string>(snippet.name);
  const [text, setText] = useState<string>(snippet.text);
  const { archive, save } = useSnippetChange(onDone);
  const [unknown] = unknownFields(text);
  const failure = save.error ?? archive.error;
  const isBusy = save.isPending || archive.isPending;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...(snippet.id === null ? {} : { snippetId: snippet.id }), name, text });
      }}
    >
      <fieldset disabled={isBusy} className="flex flex-col gap-3">
        <Field label="Name">
          {(control) => <Input {...control} required maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />}
        </Field>
        <Field label="Reply" {...(unknown === undefined ? {} : { error: `Nothing can be filled in for {{${unknown}}}.` })}>
          {(control) => (
            <TextArea
              {...control}
              required
              maxLength={1_600}
              value={text}
              onChange={({ target }) => setText(target.value)}
              className="min-h-28"
            />
          )}
        </Field>
        <FieldButtons onAdd={(field) => setText(`${text}{{${field}}}`)} />
        <p role="status" className="text-sm text-bad-ink empty:hidden">
          {failure === null ? null : `${describeFailure(failure).title}. ${describeFailure(failure).advice}`}
        </p>
        <div className="flex justify-between gap-2">
          {snippet.id === null ? (
            <span />
          ) : (
            <Button kind="quiet" className="-ml-2" onClick={() => archive.mutate(snippet.id)}>
              <Trash2 aria-hidden="true" />
              Take away
            </Button>
          )}
          <Button
            type="submit"
            kind="primary"
            isBusy={save.isPending}
            disabled={name.trim() === "" || text.trim() === "" || unknown !== undefined}
          >
            Save
          </Button>
        </div>
      </fieldset>
    </form>
  );
};

const FieldButtons = ({ onAdd }: { readonly onAdd: (field: string) => void }) => (
  <div className="flex flex-col gap-1">
    <p className="text-xs text-ink-3">Filled in when it is put into a reply:</p>
    <ul className="flex flex-col gap-1">
      {Object.entries(SNIPPET_FIELDS).map(([field, meaning]) => (
        <li key={field} className="flex items-center gap-2 text-xs text-ink-2">
          <Button size="sm" onClick={() => onAdd(field)}>
            <Plus aria-hidden="true" />
            {field}
          </Button>
          {meaning}
        </li>
      ))}
    </ul>
  </div>
);

type Words = { readonly snippetId?: Snippet["id"]; readonly name: string; readonly text: string };

const useSnippetChange = (onDone: () => void) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const { snippets } = useTRPCClient();
  const queryClient = useQueryClient();
  const refreshed = { onSettled: () => queryClient.invalidateQueries(trpc.snippets.pathFilter()), onSuccess: onDone };
  return {
    save: useMutation({ mutationFn: (words: Words) => snippets.save.mutate({ clubId, ...words }), ...refreshed }),
    archive: useMutation({ mutationFn: (snippetId: Snippet["id"]) => snippets.archive.mutate({ clubId, snippetId }), ...refreshed }),
  };
};
