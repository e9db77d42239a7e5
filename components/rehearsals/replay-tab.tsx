"use client";

import { useMutation } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useQueryStates } from "nuqs";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { RehearsalResult } from "#components/rehearsals/rehearsal-result.tsx";
import { rehearsalParams } from "#components/rehearsals/search-params.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { notify } from "#components/ui/toast.tsx";

const DAYS = [1, 3, 7, 14, 30] as const;

/** The last days of the inbox under today's rules, knowledge and model. */
export const ReplayTab = () => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const [{ days, run }, setParams] = useQueryStates(rehearsalParams);
  const start = useMutation({
    mutationFn: () => client.rehearsals.start.mutate({ clubId, kind: "replay", change: { days } }),
    onSuccess: ({ rehearsalId }) => void setParams({ run: rehearsalId }),
    onError: (error) => notify({ tone: "bad", title: describeFailure(error).title }),
  });
  return (
    <div>
      <div className="flex flex-wrap items-end gap-3 p-4">
        <div className="w-40">
          <Field label="How far back">
            {(control) => (
              <Select {...control} value={String(days)} onChange={({ target }) => void setParams({ days: Number(target.value) })}>
                {DAYS.map((count) => (
                  <option key={count} value={count}>
                    {count === 1 ? "1 day" : `${count} days`}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Button kind="primary" isBusy={start.isPending} onClick={() => start.mutate()}>
          Run again
        </Button>
        <p className="text-sm text-ink-2">
          At most 300 messages. The model is asked again where it is needed; that costs what it costs then.
        </p>
      </div>
      {run === null ? (
        <EmptyState icon={<History />} title="See what would be different now">
          Messages that were decided are decided again under the rules, the knowledge and the model of today. Nothing is sent.
        </EmptyState>
      ) : (
        <RehearsalResult key={run} rehearsalId={run} />
      )}
    </div>
  );
};
