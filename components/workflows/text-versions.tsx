"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { TextVersion, WorkflowText } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { diffParts } from "#server/domain/knowledge-diff.ts";

type TextVersionsProps = {
  readonly text: Pick<WorkflowText, "key">;
  /** What stands in the editor, against which each version is shown. */
  readonly current: string;
  /** Puts the words of a version into the editor; null for whoever may not save. */
  readonly onRestore: ((body: string) => void) | null;
};

/** What a text said before, each version beside what it says now. */
export const TextVersions = ({ current, onRestore, text }: TextVersionsProps) => {
  const { id: clubId } = useClub();
  const versions = useQuery(useTRPC().workflows.textVersions.queryOptions({ clubId, key: text.key }));
  return (
    <>
      {versions.isPending ? <SkeletonRows count={3} label="Loading versions" /> : null}
      {versions.isError && versions.data === undefined ? (
        <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
      ) : null}
      {versions.data?.length === 0 ? (
        <EmptyState icon={<History />} title="No version yet">
          The built-in words are in use. Your first save makes version 1.
        </EmptyState>
      ) : null}
      <ol aria-label="Versions" className="flex flex-col">
        {versions.data?.map((version) => (
          <Row key={version.id} version={version} current={current} onRestore={onRestore} />
        ))}
      </ol>
    </>
  );
};

type RowProps = Pick<TextVersionsProps, "current" | "onRestore"> & { readonly version: TextVersion };

const Row = ({ current, onRestore, version }: RowProps) => {
  const [isCompared, setIsCompared] = useState(false);
  const isSame = version.body === current;
  return (
    <li className="flex flex-col gap-1.5 border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
        {version.source === "written" ? (
          <span className="inline-flex items-center gap-1 text-spotter-ink">
            <SpotterGlyph className="size-3.5" />
            As Spotter worded it
          </span>
        ) : (
          <span className="font-semibold text-ink-2">
            Version {version.version}
            {version.isOfFranchise ? " of the franchise" : ""}
          </span>
        )}
        <span>
          {version.createdBy === null ? "" : `${version.createdBy}, `}
          <RelativeTime at={version.createdAt} isInSentence />
        </span>
        {isSame ? <span>the same as in the editor</span> : null}
      </p>
      <p className="text-sm whitespace-pre-line">{isCompared ? <Compared from={version.body} to={current} /> : version.body}</p>
      {isSame ? null : (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" kind="quiet" aria-pressed={isCompared} onClick={() => setIsCompared(!isCompared)}>
            {isCompared ? "Show the version alone" : "Compare with the editor"}
          </Button>
          {onRestore === null ? null : (
            <Button size="sm" onClick={() => onRestore(version.body)}>
              Restore
            </Button>
          )}
        </div>
      )}
    </li>
  );
};

/** Words with the blanks behind them, so that the parts joined are the text again. */
const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*/gu) ?? [];

const Compared = ({ from, to }: { readonly from: string; readonly to: string }) =>
  diffParts(wordsOf(from), wordsOf(to)).map((part, index) => {
    const key = `${index} ${part.kind}`;
    if (part.kind === "same") {
      return <span key={key}>{part.text}</span>;
    }
    return part.kind === "added" ? (
      <ins key={key} className="bg-good-tint text-good-ink no-underline">
        <span className="sr-only">added: </span>
        {part.text}
      </ins>
    ) : (
      <del key={key} className="bg-bad-tint text-bad-ink">
        <span className="sr-only">removed: </span>
        {part.text}
      </del>
    );
  });
