"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { channelWords, purposeWords } from "#components/person/timeline-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Id } from "#server/domain/ids.ts";
import { SEND_PURPOSES } from "#server/domain/sending/send-purpose.ts";

const CHANNELS = ["sms", "email"] as const;
const WORDING_MAX_LENGTH = 500;
const MIN_LENGTH = 3;

/** What is to be written down; a withdrawal names what was agreed to. */
export type Wish = { readonly isGranted: boolean; readonly purpose?: string; readonly channelKind?: string };

type ConsentDialogProps = { readonly contactId: Id<"contact">; readonly wish: Wish; readonly onClose: () => void };

export const ConsentDialog = ({ contactId, onClose, wish }: ConsentDialogProps) => {
  const [purpose, setPurpose] = useState(SEND_PURPOSES.find((one) => one === wish.purpose) ?? "service");
  const [channelKind, setChannelKind] = useState(CHANNELS.find((one) => one === wish.channelKind) ?? "sms");
  const [wording, setWording] = useState("");
  const record = useRecordConsent(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    record.mutate({ contactId, purpose, channelKind, isGranted: wish.isGranted, wording });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={wish.isGranted ? "Record a consent" : "Withdraw a consent"}
      description={
        wish.isGranted
          ? "What somebody told you by word of mouth. It has no proof, so offers by text stay forbidden; the rest may go out."
          : `From now on Spotter sends no ${purposeWords(purpose)} by ${channelWords(channelKind)} to this person unasked.`
      }
    >
      <form onSubmit={submit}>
        <fieldset disabled={record.isPending} className="flex flex-col gap-4">
          {wish.isGranted ? (
            <div className="grid grid-cols-2 gap-3">
              <Choice label="For" options={SEND_PURPOSES} wordsOf={purposeWords} value={purpose} onChange={setPurpose} />
              <Choice label="By" options={CHANNELS} wordsOf={channelWords} value={channelKind} onChange={setChannelKind} />
            </div>
          ) : null}
          <Field label="What was said" hint="Their words, and where: “at the desk, asked to be texted about classes”.">
            {(control) => (
              <TextArea
                {...control}
                maxLength={WORDING_MAX_LENGTH}
                autoFocus
                value={wording}
                onChange={(event) => setWording(event.target.value)}
              />
            )}
          </Field>
          <div className="flex justify-between gap-3">
            <Button size="lg" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              size="lg"
              kind={wish.isGranted ? "primary" : "danger"}
              isBusy={record.isPending}
              disabled={wording.trim().length < MIN_LENGTH}
            >
              {wish.isGranted ? "Record it" : "Withdraw it"}
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly Value[];
  readonly wordsOf: (value: Value) => string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
};

const Choice = <Value extends string>({ label, onChange, options, value, wordsOf }: ChoiceProps<Value>) => (
  <Field label={label}>
    {(control) => (
      <Select {...control} value={value} onChange={({ target }) => onChange(options.find((one) => one === target.value) ?? value)}>
        {options.map((one) => (
          <option key={one} value={one}>
            {wordsOf(one)}
          </option>
        ))}
      </Select>
    )}
  </Field>
);

type Said = {
  readonly contactId: Id<"contact">;
  readonly purpose: (typeof SEND_PURPOSES)[number];
  readonly channelKind: (typeof CHANNELS)[number];
  readonly isGranted: boolean;
  readonly wording: string;
};

const useRecordConsent = (onDone: () => void) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (said: Said) => client.members.recordConsent.mutate({ clubId, ...said }),
    onSuccess: async (_result, { isGranted }) => {
      onDone();
      notify({ tone: "good", title: isGranted ? "The consent is recorded" : "The consent is withdrawn" });
      await Promise.all([
        queryClient.invalidateQueries(trpc.members.person.pathFilter()),
        queryClient.invalidateQueries(trpc.members.timeline.pathFilter()),
      ]);
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
