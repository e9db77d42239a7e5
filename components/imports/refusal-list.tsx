import type { ReactNode } from "react";

import { Panel } from "#components/ui/page.tsx";

type RefusalListProps = {
  readonly refusals: readonly { readonly line: number; readonly reason: string; readonly cells?: readonly string[] }[];
  /** Of all refused rows, of which some are listed. */
  readonly count: number;
  readonly children?: ReactNode;
};

/** Which rows are not taken, and why; each with its line in the file. */
export const RefusalList = ({ refusals, count, children }: RefusalListProps) =>
  count === 0 ? null : (
    <Panel label="Rows that are not taken">
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <p className="text-sm font-semibold">
          {count.toLocaleString("en-US")} {count === 1 ? "row is" : "rows are"} not taken
        </p>
        {children}
      </div>
      <ul className="divide-y divide-line">
        {refusals.map(({ line, reason, cells = [] }) => (
          <li key={line} className="flex flex-wrap gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
            <span className="w-14 shrink-0 text-xs leading-5 text-ink-3 tabular-nums">Line {line}</span>
            <span className="min-w-0 flex-1 basis-56">
              {reason}
              {cells.length === 0 ? null : (
                <span className="block truncate text-xs text-ink-3">{cells.filter((cell) => cell !== "").join(" · ")}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {refusals.length < count ? (
        <p className="border-t border-line px-4 py-2.5 text-xs text-ink-3">The first {refusals.length} are listed.</p>
      ) : null}
    </Panel>
  );
