"use client";

import Link from "next/link";

import { IMPORT_STATUS_LABELS, KIND_LABELS } from "#components/imports/import-words.ts";
import { OutcomeCounts } from "#components/imports/outcome-counts.tsx";
import { RefusalList } from "#components/imports/refusal-list.tsx";
import { StaysNote } from "#components/imports/stays-note.tsx";
import { useImport, type ImportView } from "#components/imports/use-import.ts";
import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Panel } from "#components/ui/page.tsx";
import type { Id } from "#server/domain/ids.ts";

type ResultStepProps = { readonly importId: Id<"csvImport">; readonly view: ImportView; readonly onLeave: () => void };

/** A table that is being stored, or was. */
export const ResultStep = ({ importId, view, onLeave }: ResultStepProps) => {
  const { slug } = useClub();
  const { download, cancel } = useImport(importId);
  const { label, tone } = IMPORT_STATUS_LABELS[view.status];
  return (
    <div className="flex flex-col gap-6">
      <Panel label="Result">
        <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
          <p className="min-w-0 flex-1 truncate text-sm font-semibold">{view.fileName}</p>
          <Chip>{KIND_LABELS[view.kind]}</Chip>
          <Chip tone={tone}>{label}</Chip>
        </div>
        {view.status === "running" ? <Progress done={view.doneCount} total={view.rowCount} /> : null}
        <OutcomeCounts kind={view.kind} counts={view.counts} />
      </Panel>
      {view.kind === "bookings" ? <StaysNote /> : null}
      <RefusalList refusals={view.refusals} count={view.counts.refusedCount}>
        <Button
          size="sm"
          isBusy={download.isPending}
          onClick={() => download.mutate(`not taken - ${view.fileName.replace(/\.\w+$/, "")}.csv`)}
        >
          Download these rows
        </Button>
      </RefusalList>
      <div className="flex flex-wrap gap-3">
        {view.status === "running" ? (
          <Button kind="secondary" isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
            Stop here
          </Button>
        ) : (
          <>
            {view.kind === "members" ? (
              <Link href={clubPath(slug, "members")} className={buttonStyles({ kind: "primary" })}>
                See the members
              </Link>
            ) : null}
            <Button kind={view.kind === "members" ? "quiet" : "primary"} onClick={onLeave}>
              Import another table
            </Button>
          </>
        )}
      </div>
    </div>
  );
};

const Progress = ({ done, total }: { readonly done: number; readonly total: number }) => (
  <div className="flex flex-col gap-1.5 border-b border-line px-4 py-3">
    <progress value={done} max={total} aria-label="Rows stored" className="h-1.5 w-full overflow-hidden rounded-full accent-ink" />
    <p className="text-xs text-ink-3 tabular-nums">
      {done.toLocaleString("en-US")} of {total.toLocaleString("en-US")} rows. You may leave this page: it goes on.
    </p>
  </div>
);
