"use client";

import { useState } from "react";

import { ColumnFields } from "#components/imports/column-fields.tsx";
import { PreviewPanel } from "#components/imports/preview-panel.tsx";
import { StatusWords } from "#components/imports/status-words.tsx";
import { useImport, type ImportView } from "#components/imports/use-import.ts";
import { WritingFields } from "#components/imports/writing-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { TitledPanel } from "#components/imports/titled-panel.tsx";
import type { MemberMapping } from "#server/domain/csv-import.ts";
import type { Id } from "#server/domain/ids.ts";

type ColumnStepProps = { readonly importId: Id<"csvImport">; readonly view: ImportView; readonly onLeave: () => void };

/** Says what the columns are, and shows what will happen before it happens. */
export const ColumnStep = ({ importId, view, onLeave }: ColumnStepProps) => {
  const { preview, start, cancel } = useImport(importId);
  const [mapping, setMapping] = useState<MemberMapping>(view.mapping);
  const change = (next: MemberMapping): void => {
    // What was shown is no longer what would happen.
    preview.reset();
    setMapping(next);
  };
  const statusColumn = mapping.columns.status;
  return (
    <div className="flex flex-col gap-6">
      <p className="text-sm text-ink-2">
        <span className="font-semibold text-ink">{view.fileName}</span>, {view.rowCount.toLocaleString("en-US")} rows, read as{" "}
        {view.encoding.toUpperCase()}.
      </p>
      <fieldset disabled={start.isPending} className="flex flex-col gap-6">
        <TitledPanel title="Columns">
          <ColumnFields view={view} mapping={mapping} onChange={change} />
        </TitledPanel>
        <TitledPanel title="How it is written">
          <WritingFields mapping={mapping} onChange={change} />
        </TitledPanel>
        {statusColumn === undefined ? null : (
          <TitledPanel title="What each status means">
            <StatusWords words={view.columns[statusColumn]?.words ?? []} mapping={mapping} onChange={change} />
          </TitledPanel>
        )}
      </fieldset>
      {preview.data === undefined ? null : <PreviewPanel preview={preview.data} />}
      <div className="flex flex-wrap items-center gap-3">
        {preview.data === undefined ? (
          <Button kind="primary" size="lg" isBusy={preview.isPending} onClick={() => preview.mutate(mapping)}>
            Show what will happen
          </Button>
        ) : (
          <Button kind="primary" size="lg" isBusy={start.isPending || start.isSuccess} onClick={() => start.mutate(mapping)}>
            Import {(preview.data.rowCount - preview.data.counts.refusedCount).toLocaleString("en-US")} rows
          </Button>
        )}
        <Button kind="quiet" size="lg" isBusy={cancel.isPending} onClick={() => cancel.mutate(undefined, { onSuccess: onLeave })}>
          Put this table aside
        </Button>
      </div>
    </div>
  );
};
