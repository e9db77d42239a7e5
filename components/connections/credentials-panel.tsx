"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { ReplaceForm } from "#components/connections/replace-form.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { notify } from "#components/ui/toast.tsx";

/** What is stored: settings with their values, secrets only as being there and since when. */
export const CredentialsPanel = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const mayManage = useMay("connection.manage");
  const [isReplacing, setIsReplacing] = useState(false);
  return (
    <div>
      <div className="mb-2 flex items-center justify-between gap-3">
        <h2 className="text-base font-semibold">Credentials and settings</h2>
        {mayManage && !isReplacing ? (
          <Button size="sm" onClick={() => setIsReplacing(true)}>
            Replace
          </Button>
        ) : null}
      </div>
      <Panel label="Credentials and settings">
        {isReplacing ? (
          <ReplaceForm connection={connection} onDone={() => setIsReplacing(false)} />
        ) : (
          <dl className="divide-y divide-line">
            {connection.fields.map((field) => (
              <FieldRow key={field.name} connection={connection} field={field} />
            ))}
          </dl>
        )}
      </Panel>
    </div>
  );
};

type FieldRowProps = { readonly connection: ConnectionDetail; readonly field: ConnectionDetail["fields"][number] };

const FieldRow = ({ connection, field }: FieldRowProps) => (
  <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
    <dt className="basis-56 text-ink-2">{field.label}</dt>
    <dd className="min-w-0 flex-1 break-words">
      {field.kind === "secret" ? <SecretState connection={connection} field={field} /> : <span>{valueOf(field)}</span>}
    </dd>
  </div>
);

const valueOf = ({ value, choices }: FieldRowProps["field"]): string => {
  if (value === null) {
    return "Not set";
  }
  return choices?.find((choice) => choice.value === value)?.label ?? value;
};

const SecretState = ({ connection, field }: FieldRowProps) => {
  const mayManage = useMay("connection.manage");
  if (!field.isSet) {
    return <span>Not set</span>;
  }
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="flex items-center gap-1.5">
        <KeyRound aria-hidden="true" className="size-3.5 text-ink-3" />
        Set
        {field.changedAt === null ? null : (
          <span className="text-ink-3">
            changed <RelativeTime at={field.changedAt} isInSentence />
          </span>
        )}
      </span>
      {field.isDouble && mayManage ? <DropOld connection={connection} field={field} /> : null}
    </span>
  );
};

/** The end of a rotation at the vendor: from then on only the new secret is accepted. */
const DropOld = ({ connection, field }: FieldRowProps) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const drop = useMutation(
    trpc.connections.update.mutationOptions({
      onSuccess: (result) => {
        if (result.kind === "ok") {
          notify({ tone: "good", title: "Only the new one is accepted now" });
        } else {
          notify({ tone: "bad", title: result.sentence, detail: result.detail });
        }
      },
      onSettled: () => queryClient.invalidateQueries(trpc.connections.pathFilter()),
    }),
  );
  return (
    <>
      <span className="text-ink-2">The old one is accepted too.</span>
      <Button
        size="sm"
        isBusy={drop.isPending}
        aria-label={`Drop the old one: ${field.label}`}
        onClick={() => drop.mutate({ clubId, connectionId: connection.id, dropOld: [field.name] })}
      >
        Drop the old one
      </Button>
      {drop.isError ? <FailureLine error={drop.error} /> : null}
    </>
  );
};
