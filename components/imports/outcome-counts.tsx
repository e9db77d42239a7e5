import { cn } from "#components/lib/cn.ts";
import { countLabelsOf } from "#components/imports/import-words.ts";
import type { ImportCounts, ImportKind } from "#server/domain/csv-import.ts";

/** How many rows come, or came, to each end. */
export const OutcomeCounts = ({ kind, counts }: { readonly kind: ImportKind; readonly counts: ImportCounts }) => (
  <dl className={cn("grid grid-cols-2 gap-px bg-line", kind === "bookings" ? "md:grid-cols-4" : "md:grid-cols-5")}>
    {countLabelsOf(kind).map(([name, word]) => (
      <div key={name} className="flex flex-col-reverse bg-surface px-4 py-3 max-md:last:odd:col-span-2">
        <dt className="text-xs text-ink-3">{word}</dt>
        <dd
          className={
            name === "refusedCount" && counts[name] > 0
              ? "text-xl font-semibold text-bad-ink tabular-nums"
              : "text-xl font-semibold tabular-nums"
          }
        >
          {counts[name].toLocaleString("en-US")}
        </dd>
      </div>
    ))}
  </dl>
);
