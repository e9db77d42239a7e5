"use client";

import { useWatch } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { capitalize } from "#components/lib/format.ts";
import type { SettingsForm } from "#components/workflows/settings-form.ts";
import { ladderTable, type LadderCell } from "#server/domain/past-due/ladder-table.ts";
import { PastDueSettings } from "#server/domain/past-due/settings.ts";

const HEAD = "px-3 py-2 text-left text-xs font-normal text-ink-3 first:pl-4";

/** Who gets which reminder, by what is owed and how often they were reminded: it follows the settings while they are changed. */
export const LadderPreview = () => {
  const { currency } = useClub();
  const settings = PastDueSettings.safeParse(useWatch<SettingsForm, "settings">({ name: "settings" }));
  if (!settings.success) {
    return <p className="px-4 py-5 text-sm text-ink-3">The table appears again once the settings below are valid.</p>;
  }
  const { columns, notes, rows } = ladderTable(settings.data, currency);
  return (
    <>
      <div tabIndex={0} role="group" aria-label="The ladder" className="relative overflow-x-auto focus-visible:-outline-offset-2">
        <table className="w-full min-w-136 border-collapse text-sm">
          <caption className="sr-only">Which reminder somebody gets, by amount and attempts</caption>
          <thead>
            <tr className="border-b border-line">
              <th scope="col" className={HEAD}>
                Owes
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className={HEAD}>
                  {capitalize(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ amounts, cells }) => (
              <tr key={amounts} className="border-b border-line last:border-b-0">
                <th scope="row" className="px-3 py-2 pl-4 text-left align-top font-normal whitespace-nowrap tabular-nums">
                  {amounts}
                </th>
                {cells.map((cell, index) => (
                  <Cell key={columns[index]} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="flex flex-col gap-1 border-t border-line px-4 py-3 text-xs text-ink-3">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
};

const WEIGHT = {
  friendly: "bg-surface",
  firm: "bg-warn-tint text-warn-ink",
  final: "bg-bad-tint text-bad-ink",
} as const satisfies Record<LadderCell["tier"], string>;

const Cell = ({ cell: { insteadOf, text, tier } }: { readonly cell: LadderCell }) => (
  <td className={cn("border-l border-line px-3 py-2 align-top", WEIGHT[tier])}>
    {capitalize(text)}
    {insteadOf === null ? null : <span className="block text-xs">as a first notice, else {insteadOf}</span>}
  </td>
);
