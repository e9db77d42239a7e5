"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";

import { sentenceOf } from "#components/lib/sentence-of.ts";
import { CORRECTION_LABELS, type ArticleDetail, type Told } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { conversationPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { CorrectionText } from "#server/domain/knowledge.ts";

/** Who was told something out of this article within a week, and a correction for those who were told something wrong. */
export const ToldPanel = ({ article }: { readonly article: ArticleDetail }) => {
  const { id: clubId } = useClub();
  const told = useQuery(useTRPC().knowledge.told.queryOptions({ clubId, articleId: article.id }));
  return (
    <Panel label="Who was told">
      <h2 className="border-b border-line px-4 py-2.5 text-sm font-semibold">Told in the last 7 days</h2>
      {told.isPending ? <SkeletonRows count={2} label="Loading who was told" /> : null}
      {told.isError && told.data === undefined ? <ErrorState error={told.error} onRetry={() => void told.refetch()} /> : null}
      {told.data?.length === 0 ? <p className="px-4 py-3 text-sm text-ink-3">Nobody was told anything out of this article.</p> : null}
      {told.data === undefined || told.data.length === 0 ? null : <ToldList article={article} told={told.data} />}
    </Panel>
  );
};

type ToldListProps = { readonly article: ArticleDetail; readonly told: readonly Told[] };

const ToldList = ({ article, told }: ToldListProps) => {
  const mayWrite = useMay("knowledge.write");
  const open = told.filter(({ correction }) => correction === "none");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (effectId: string): void =>
    setChosen((before) => new Set(before.has(effectId) ? [...before].filter((id) => id !== effectId) : [...before, effectId]));
  const effectIds = open.map(({ effectId }) => effectId).filter((id) => chosen.has(id));
  return (
    <>
      <ul className="divide-y divide-line">
        {told.map((one) => (
          <ToldLine
            key={one.effectId}
            one={one}
            isChosen={chosen.has(one.effectId)}
            onToggle={mayWrite ? () => toggle(one.effectId) : null}
          />
        ))}
      </ul>
      {mayWrite && open.length > 0 ? (
        <CorrectionForm
          // What was typed gives way where the facts are others: an old value must not go out as the correction.
          key={draftOf(article)}
          article={article}
          effectIds={effectIds}
          onAll={() => setChosen(new Set(open.map(({ effectId }) => effectId)))}
          onDone={() => setChosen(new Set())}
        />
      ) : null}
    </>
  );
};

type ToldLineProps = { readonly one: Told; readonly isChosen: boolean; readonly onToggle: (() => void) | null };

const ToldLine = ({ one, isChosen, onToggle }: ToldLineProps) => {
  const { slug } = useClub();
  const label = CORRECTION_LABELS[one.correction];
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      {onToggle === null || one.correction !== "none" ? null : (
        <input
          type="checkbox"
          aria-label={`Correct what ${one.contactName} was told`}
          checked={isChosen}
          onChange={onToggle}
          className="mt-1 size-4 shrink-0 accent-ink"
        />
      )}
      <div className="min-w-0 flex-1">
        <p className="text-sm">
          <Link href={conversationPath(slug, one.conversationId)} className="font-semibold underline underline-offset-2">
            {one.contactName}
          </Link>{" "}
          <RelativeTime at={one.at} isInSentence className="text-ink-3" />
        </p>
        <p className="text-sm break-words text-ink-2">{one.text}</p>
      </div>
      {label === null ? null : <Chip tone={label.tone}>{label.label}</Chip>}
    </li>
  );
};

type CorrectionFormProps = {
  readonly article: ArticleDetail;
  readonly effectIds: Told["effectId"][];
  readonly onAll: () => void;
  readonly onDone: () => void;
};

const CorrectionForm = ({ article, effectIds, onAll, onDone }: CorrectionFormProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { text: draftOf(article) }, resolver: zodResolver(CorrectionText) });
  const planning = useKnowledgeChange({
    change: ({ text }: CorrectionText) => client.knowledge.planCorrection.mutate({ clubId, articleId: article.id, effectIds, text }),
    done: ({ plannedCount }) =>
      plannedCount === 1
        ? "One correction waits for a yes in its conversation"
        : `${plannedCount} corrections wait for a yes, each in its conversation`,
  });
  const submit = form.handleSubmit((input) => planning.mutate(input, { onSuccess: onDone }));
  return (
    <form onSubmit={(event) => void submit(event)} className="border-t border-line p-4">
      <fieldset disabled={planning.isPending} className="flex flex-col gap-3">
        <Field
          label="Correction"
          hint="Goes out only after somebody approves it in the conversation."
          error={sentenceOf(form.formState.errors.text?.message)}
        >
          {(control) => <TextArea {...control} {...form.register("text")} />}
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" isBusy={planning.isPending} disabled={effectIds.length === 0}>
            {effectIds.length === 0 ? "Choose who was told wrong" : `Draft it for ${effectIds.length}`}
          </Button>
          <Button kind="quiet" onClick={onAll}>
            Choose everybody
          </Button>
        </div>
      </fieldset>
    </form>
  );
};

/** The words to begin with: the facts as they stand now. */
const draftOf = ({ facts, stop }: ArticleDetail): string => {
  const right = facts.filter(({ stoppedAt }) => stop === null && stoppedAt === null).map(({ label, value }) => `${label}: ${value}`);
  return `Sorry, what we told you was not right.${right.length === 0 || right.length > 3 ? "" : ` ${right.join(". ")}.`}`;
};
