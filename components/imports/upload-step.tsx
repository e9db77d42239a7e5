"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import type { DragEvent } from "react";

import { countLabelsOf, IMPORT_STATUS_LABELS, KIND_LABELS } from "#components/imports/import-words.ts";
import { packFile } from "#components/imports/pack-file.ts";
import { StaysNote } from "#components/imports/stays-note.tsx";
import { cn } from "#components/lib/cn.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Panel } from "#components/ui/page.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { IMPORT_KINDS, type ImportKind } from "#server/domain/csv-import.ts";
import type { Id } from "#server/domain/ids.ts";

const FILE_MAX_BYTES = 10 * 1024 * 1024;

type Wish = { readonly kind: ImportKind; readonly file: File; readonly again: boolean };

type PastImportsProps = { readonly onOpen: (importId: Id<"csvImport">) => void };
type UploadStepProps = PastImportsProps & { readonly kind: ImportKind; readonly onKind: (kind: ImportKind) => void };

const KIND_NOTES = {
  members: "A row is a member or a prospect: a name, with a member number, a phone or an e-mail.",
  bookings:
    "A row is a class, an appointment or a bay that somebody has taken: when it begins, when it ends or how long it is, and who has booked, by member number, e-mail, phone or name. By a name alone it is joined to nobody.",
} as const satisfies Record<ImportKind, string>;
const KINDS = IMPORT_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }));

export const UploadStep = ({ kind, onKind, onOpen }: UploadStepProps) => {
  const { id: clubId } = useClub();
  const trpcClient = useTRPCClient();
  const upload = useMutation({
    mutationFn: async ({ kind: wanted, file, again }: Wish) =>
      trpcClient.imports.upload.mutate({ clubId, kind: wanted, fileName: file.name, content: await packFile(file), again }),
    onSuccess: ({ importId, isRepeated }, { again }) => {
      if (!isRepeated || again) {
        onOpen(importId);
      }
    },
  });
  const [isTooLarge, setIsTooLarge] = useState(false);
  const take = (file: File | undefined): void => {
    setIsTooLarge(file !== undefined && file.size > FILE_MAX_BYTES);
    if (file !== undefined && file.size <= FILE_MAX_BYTES) {
      upload.mutate({ kind, file, again: false });
    }
  };
  const repeated = upload.isSuccess && upload.data.isRepeated && !upload.variables.again ? { ...upload.variables, ...upload.data } : null;
  const problem = isTooLarge ? "This file is larger than 10 MB" : upload.isError ? describeFailure(upload.error).title : null;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-sm font-semibold">What the table is about</p>
          <SegmentedControl
            label="What the table is about"
            options={KINDS}
            value={kind}
            onChange={(next) => {
              upload.reset();
              onKind(next);
            }}
          />
        </div>
        <p className="max-w-[72ch] text-sm text-ink-2">{KIND_NOTES[kind]}</p>
        {kind === "bookings" ? <StaysNote /> : null}
      </div>
      <FilePlace isBusy={upload.isPending} onFile={take} problem={problem} />
      {repeated === null ? null : (
        <Repeated
          fileName={repeated.file.name}
          onOpen={() => onOpen(repeated.importId)}
          onAgain={() => upload.mutate({ kind: repeated.kind, file: repeated.file, again: true })}
        />
      )}
      <PastImports onOpen={onOpen} />
    </div>
  );
};

type RepeatedProps = { readonly fileName: string; readonly onOpen: () => void; readonly onAgain: () => void };

/** The same bytes were here before, under whatever name. */
const Repeated = ({ fileName, onOpen, onAgain }: RepeatedProps) => (
  <div role="status" className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface px-4 py-3">
    <p className="min-w-0 flex-1 basis-64 text-sm">
      <span className="font-semibold">{fileName}</span> was handed in before. Importing it again changes only what has changed since.
    </p>
    <Button onClick={onOpen}>See what came of it</Button>
    <Button kind="quiet" onClick={onAgain}>
      Import it again
    </Button>
  </div>
);

type FilePlaceProps = { readonly isBusy: boolean; readonly problem: string | null; readonly onFile: (file: File | undefined) => void };

const FilePlace = ({ isBusy, problem, onFile }: FilePlaceProps) => {
  const [isOver, setIsOver] = useState(false);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
      className={cn(
        "flex flex-col items-center gap-3 rounded-card border border-dashed border-line-strong bg-surface px-6 py-12 text-center",
        isOver && "border-ink bg-sunken",
      )}
    >
      <FileSpreadsheet aria-hidden="true" className="size-6 text-ink-2" />
      <p className="text-base font-semibold">Drop a CSV file here, or choose one</p>
      <p className="max-w-[52ch] text-sm text-ink-3">
        Up to 10 MB and 50,000 rows, with a header; commas, semicolons or tabs. From Excel, save as “CSV UTF-8”.
      </p>
      <label
        className={cn(
          buttonStyles({ kind: "primary", size: "lg" }),
          "cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink",
          isBusy && "cursor-not-allowed opacity-50",
        )}
      >
        {isBusy ? "Reading the file" : "Choose a file"}
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          disabled={isBusy}
          aria-describedby="file-problem"
          onChange={(event) => {
            onFile(event.target.files?.[0]);
            // The same file may be chosen again once it has been mended.
            event.target.value = "";
          }}
          className="sr-only"
        />
      </label>
      <p id="file-problem" role="alert" className="text-sm text-bad-ink empty:hidden">
        {problem}
      </p>
    </div>
  );
};

const PastImports = ({ onOpen }: PastImportsProps) => {
  const { id: clubId } = useClub();
  const { data: imports = [] } = useQuery(useTRPC().imports.list.queryOptions({ clubId }));
  if (imports.length === 0) {
    return null;
  }
  return (
    <Panel label="Tables of the past">
      <ul className="divide-y divide-line">
        {imports.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-sm">
            <button
              type="button"
              onClick={() => onOpen(row.id)}
              className="min-w-0 flex-1 basis-56 truncate text-left underline underline-offset-2"
            >
              {row.fileName}
            </button>
            <span className="text-ink-2 tabular-nums max-md:basis-full">
              {countLabelsOf(row.kind)
                .filter(([name]) => row[name] > 0)
                .map(([name, word]) => `${row[name].toLocaleString("en-US")} ${word}`)
                .join(", ") || `${row.rowCount.toLocaleString("en-US")} rows`}
            </span>
            <Chip>{KIND_LABELS[row.kind]}</Chip>
            <Chip tone={IMPORT_STATUS_LABELS[row.status].tone}>{IMPORT_STATUS_LABELS[row.status].label}</Chip>
            <RelativeTime at={row.createdAt} className="text-ink-3 tabular-nums" />
          </li>
        ))}
      </ul>
    </Panel>
  );
};
