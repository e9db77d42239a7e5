"use client";

import { useQuery } from "@tanstack/react-query";
import { GraduationCap } from "lucide-react";

import { AgreementTable } from "#components/learning/agreement-table.tsx";
import { ExampleList } from "#components/learning/example-list.tsx";
import { RuleList } from "#components/learning/rule-list.tsx";
import { SatisfactionScores } from "#components/learning/satisfaction-scores.tsx";
import { Nothing, Section } from "#components/learning/section.tsx";
import { StageChanges } from "#components/learning/stage-changes.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** What Spotter learned from the team: nothing of it holds without an owner's yes. */
export const LearningScreen = () => (
  <Page
    title="Learning"
    about="Spotter learns from what your team edits, rates and sends. It proposes; an owner decides, and can take every decision back."
  >
    {useMay("learning.read") ? (
      <div className="flex flex-col gap-8">
        <Scores />
        <Stages />
        <Rules />
        <Examples />
      </div>
    ) : (
      <EmptyState icon={<GraduationCap />} title="For managers and owners">
        What Spotter learned is looked after by managers and owners. Ask one of them.
      </EmptyState>
    )}
  </Page>
);

const Scores = () => {
  const { id: clubId } = useClub();
  const satisfaction = useQuery(useTRPC().learning.satisfaction.queryOptions({ clubId }));
  return (
    <>
      {satisfaction.isPending ? <SkeletonRows count={1} label="Loading scores" /> : null}
      {satisfaction.isError && satisfaction.data === undefined ? (
        <ErrorState error={satisfaction.error} onRetry={() => void satisfaction.refetch()} />
      ) : null}
      {satisfaction.data === undefined ? null : <SatisfactionScores satisfaction={satisfaction.data} />}
    </>
  );
};

const Stages = () => {
  const { id: clubId } = useClub();
  const autonomy = useQuery(useTRPC().learning.autonomy.queryOptions({ clubId }));
  return (
    <>
      {autonomy.isPending ? <SkeletonRows count={4} label="Loading stages" /> : null}
      {autonomy.isError && autonomy.data === undefined ? (
        <ErrorState error={autonomy.error} onRetry={() => void autonomy.refetch()} />
      ) : null}
      {autonomy.data === undefined ? null : (
        <>
          <StageChanges autonomy={autonomy.data} />
          <AgreementTable rows={autonomy.data.agreement} />
        </>
      )}
    </>
  );
};

const Rules = () => {
  const { id: clubId } = useClub();
  const rules = useQuery(useTRPC().learning.rules.queryOptions({ clubId }));
  return (
    <>
      {rules.isPending ? <SkeletonRows count={2} label="Loading rules of style" /> : null}
      {rules.isError && rules.data === undefined ? <ErrorState error={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.data === undefined ? null : (
        <>
          <Section
            title="Proposed rules of style"
            about="Each Monday Spotter looks back at the week's edits, ratings and dismissed drafts."
          >
            {rules.data.proposed.length === 0 ? <Nothing>No rule waits for you. It takes five edits or ratings in a week.</Nothing> : null}
            <RuleList rules={rules.data.proposed} state="proposed" />
          </Section>
          <Section title="Rules of style in use" about="They stand beside the personality in every answer.">
            {rules.data.accepted.length === 0 ? <Nothing>None yet.</Nothing> : null}
            <RuleList rules={rules.data.accepted} state="accepted" />
          </Section>
          {rules.data.withdrawn.length === 0 ? null : (
            <Section title="Withdrawn rules" about="No longer followed.">
              <RuleList rules={rules.data.withdrawn} state="withdrawn" />
            </Section>
          )}
        </>
      )}
    </>
  );
};

const Examples = () => {
  const { id: clubId } = useClub();
  const examples = useQuery(useTRPC().learning.examples.queryOptions({ clubId }));
  return (
    <>
      {examples.isPending ? <SkeletonRows count={2} label="Loading examples" /> : null}
      {examples.isError && examples.data === undefined ? (
        <ErrorState error={examples.error} onRetry={() => void examples.refetch()} />
      ) : null}
      {examples.data === undefined ? null : (
        <>
          <Section
            title="Proposed examples"
            about="Made of edited drafts and better answers. Names, numbers and amounts are left out; please look whether anything else tells of a person."
          >
            {examples.data.proposed.length === 0 ? <Nothing>No example waits for you. The next edited draft becomes one.</Nothing> : null}
            <ExampleList examples={examples.data.proposed} state="proposed" />
          </Section>
          <Section title="Examples in use" about="The three closest ones of a topic are shown to Spotter when it answers.">
            {examples.data.accepted.length === 0 ? <Nothing>None yet.</Nothing> : null}
            <ExampleList examples={examples.data.accepted} state="accepted" />
          </Section>
          {examples.data.withdrawn.length === 0 ? null : (
            <Section title="Withdrawn examples" about="No longer shown to Spotter.">
              <ExampleList examples={examples.data.withdrawn} state="withdrawn" />
            </Section>
          )}
        </>
      )}
    </>
  );
};
