"use client";

import type { ImportPreview } from "#components/imports/use-import.ts";
import { OutcomeCounts } from "#components/imports/outcome-counts.tsx";
import { OUTCOME_LABELS } from "#components/imports/import-words.ts";
import { RefusalList } from "#components/imports/refusal-list.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { TitledPanel } from "#components/imports/titled-panel.tsx";
import type { ImportKind } from "#server/domain/csv-import.ts";

type PreviewPanelProps = { readonly kind: ImportKind; readonly preview: ImportPreview };

export const PreviewPanel = ({ kind, preview }: PreviewPanelProps) => (
  <div role="status" className="flex flex-col gap-6">
    <TitledPanel title="What will happen">
      <OutcomeCounts kind={kind} counts={preview.counts} />
      {preview.triedCount < preview.rowCount ? (
        <p className="border-t border-line px-4 py-2.5 text-xs text-ink-3">
          Looked at against what is known: the first {preview.triedCount.toLocaleString("en-US")} of{" "}
          {preview.rowCount.toLocaleString("en-US")} rows. Rows that cannot be taken are counted in the whole table.
        </p>
      ) : null}
      {preview.unlinkedCount === 0 ? null : (
        <p className="border-t border-line px-4 py-2.5 text-xs text-ink-3">
          {preview.unlinkedCount.toLocaleString("en-US")} {preview.unlinkedCount === 1 ? "booking says" : "bookings say"} neither a member
          number nor an e-mail or a phone that exactly one person here has: stored, but joined to nobody.
        </p>
      )}
      <ul className="divide-y divide-line border-t border-line">
        {preview.rows.map(({ line, outcome, isUnlinked, who, said }) => (
          <li key={line} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
            <span className="w-14 shrink-0 text-xs text-ink-3 tabular-nums">Line {line}</span>
            <span className="min-w-0 flex-1 basis-56">
              <span className="font-semibold">{who}</span> <span className="text-ink-2">{said.join(" · ")}</span>
            </span>
            {isUnlinked ? <Chip>Joined to nobody</Chip> : null}
            <Chip tone={OUTCOME_LABELS[outcome].tone}>{OUTCOME_LABELS[outcome].label}</Chip>
          </li>
        ))}
      </ul>
    </TitledPanel>
    <RefusalList refusals={preview.refusals} count={preview.counts.refusedCount} />
  </div>
);
