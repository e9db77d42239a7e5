"use client";

import { useState } from "react";

import { KIND_LABELS } from "#components/imports/import-words.ts";
import { BookingMappingFields, MemberMappingFields } from "#components/imports/mapping-fields.tsx";
import { PreviewPanel } from "#components/imports/preview-panel.tsx";
import { StaysNote } from "#components/imports/stays-note.tsx";
import { useImport, type ImportView } from "#components/imports/use-import.ts";
import { Button } from "#components/ui/button.tsx";
import type { ImportMapping } from "#server/domain/csv-import.ts";
import type { Id } from "#server/domain/ids.ts";

type ColumnStepProps = { readonly importId: Id<"csvImport">; readonly view: ImportView; readonly onLeave: () => void };

/** Says what the columns are, and shows what will happen before it happens. */
export const ColumnStep = ({ importId, view, onLeave }: ColumnStepProps) => {
  const { preview, start, cancel } = useImport(importId);
  const [mapping, setMapping] = useState<ImportMapping>(view.mapping);
  const change = (next: ImportMapping): void => {
    // What was shown is no longer what would happen.
    preview.reset();
    setMapping(next);
  };
  return (
    <div className="flex flex-col gap-6">
      <p className="text-sm text-ink-2">
        <span className="font-semibold text-ink">{view.fileName}</span>, {view.rowCount.toLocaleString("en-US")} rows, read as{" "}
        {view.encoding.toUpperCase()}. A table of {KIND_LABELS[view.kind].toLowerCase()}.
      </p>
      {view.kind === "bookings" ? <StaysNote /> : null}
      <fieldset disabled={start.isPending} className="flex flex-col gap-6">
        {"table" in mapping ? (
          <BookingMappingFields view={view} mapping={mapping} onChange={change} />
        ) : (
          <MemberMappingFields view={view} mapping={mapping} onChange={change} />
        )}
      </fieldset>
      {preview.data === undefined ? null : <PreviewPanel kind={view.kind} preview={preview.data} />}
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
