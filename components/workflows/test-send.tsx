"use client";

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/toast.tsx";

type Text = { readonly label: string; readonly body: string };

/** Sends a text, marked as a test, to one's own phone or one of the club's people; the server refuses numbers of members. */
export const TestSend = ({ isDisabled, texts }: { readonly texts: readonly Text[]; readonly isDisabled: boolean }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const [to, setTo] = useState("");
  const numbers = useQuery(useTRPC().workflows.testNumbers.queryOptions({ clubId }));
  const send = useWorkflowChange({
    change: (body: string) => client.workflows.sendTest.mutate({ clubId, body, to, clientKey: crypto.randomUUID() }),
    done: null,
    onDone: ({ reason, status }) =>
      notify(
        status === "confirmed"
          ? { tone: "good", title: "The test is on its way", detail: "It is marked as a test and stands in the activity." }
          : { tone: "bad", title: "The test did not go out", detail: (reason ?? status).replaceAll("_", " ") },
      ),
  });
  return (
    <section aria-label="Test" className="flex flex-col gap-2">
      <Field label="Send a test to" hint="Your own phone or one of the club’s staff, marked “[Test]”. Numbers of members are refused.">
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoComplete="tel"
            className="max-w-72"
            value={to}
            onChange={({ target }) => setTo(target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        {numbers.data?.map(({ label, phone }) => (
          <Button key={phone} size="sm" kind="quiet" onClick={() => setTo(phone)}>
            {label}: {phone}
          </Button>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {texts.map(({ body, label }) => (
          <Button
            key={label}
            size="sm"
            disabled={isDisabled || to.trim() === ""}
            isBusy={send.isPending && send.variables === body}
            onClick={() => send.mutate(body)}
          >
            <Send aria-hidden="true" />
            Send {texts.length === 1 ? "a test" : `${label.toLowerCase()} as a test`}
          </Button>
        ))}
      </div>
    </section>
  );
};
