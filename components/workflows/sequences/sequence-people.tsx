"use client";

import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { capitalize, formatMoment } from "#components/lib/format.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { SequencePerson, SequencesView } from "#components/workflows/workflow-types.ts";
import { OUTCOME_TONES, outcomeWord } from "#components/workflows/workflow-words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { SequenceName } from "#server/domain/workflows/sequence.ts";

type SequencePeopleProps = { readonly name: SequenceName; readonly isIn: boolean; readonly view: SequencesView };

/** Who is in a sequence and at which step, or who was and how it ended; each with what they got. */
export const SequencePeople = ({ isIn, name, view }: SequencePeopleProps) => {
  const { id: clubId } = useClub();
  const people = useQuery(useTRPC().workflows.sequencePeople.queryOptions({ clubId, name, isIn }));
  const steps = view.sequences.find((sequence) => sequence.name === name)?.steps ?? [];
  const placeOf = (no: number): number => steps.findIndex((step) => step.no === no) + 1;
  return (
    <Panel label={isIn ? "In it now" : "Who was in it"}>
      {people.isPending ? <SkeletonRows count={4} label="Loading people" /> : null}
      {people.isError && people.data === undefined ? <ErrorState error={people.error} onRetry={() => void people.refetch()} /> : null}
      {people.data?.length === 0 ? (
        <EmptyState icon={<Users />} title={isIn ? "Nobody is in it" : "Nobody was in it yet"}>
          {isIn
            ? "Whoever has a cause enters with the next live run."
            : "Whoever went through it, or left it early, stands here with what they got."}
        </EmptyState>
      ) : null}
      <ul>
        {people.data?.map((person) => (
          <Row key={person.id} person={person} placeOf={placeOf} />
        ))}
      </ul>
    </Panel>
  );
};

type RowProps = { readonly person: SequencePerson; readonly placeOf: (no: number) => number };

const Row = ({ person, placeOf }: RowProps) => {
  const { timeZone } = useClub();
  return (
    <li className="flex gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <Avatar name={person.name} className="max-sm:hidden" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="font-semibold">{person.name}</span>
          <span className="text-ink-3">
            came in <RelativeTime at={person.enteredAt} isInSentence />
          </span>
        </p>
        <p className="text-sm text-ink-2">
          {person.status === "active" && person.dueAt !== null
            ? `Step ${placeOf(person.nextStep)} is next, ${formatMoment(person.dueAt, timeZone)}`
            : capitalize(person.ending ?? "went through all its steps")}
        </p>
        {person.history.length === 0 ? null : (
          <ol aria-label={`What ${person.name} got`} className="mt-1 flex flex-col gap-1">
            {person.history.map((line) => (
              <li key={`${line.step} ${line.at.toISOString()}`} className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
                <Chip tone={OUTCOME_TONES[line.outcome]}>{outcomeWord(line.outcome, false)}</Chip>
                <span className="min-w-0 flex-1 truncate">{line.text ?? capitalize(line.why)}</span>
                <RelativeTime at={line.at} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </li>
  );
};
