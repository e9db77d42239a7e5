"use client";

import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { capitalize, words } from "#components/lib/format.ts";
import { ledgerLabel } from "#components/lib/labels.ts";
import { agentRunPath, conversationPath } from "#components/lib/paths.ts";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { ActionRow } from "#server/domain/inbox-view.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const HEAD = "sticky top-0 bg-surface px-3 py-2.5 text-left text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 last:pr-4";
const CELL = "px-3 py-2.5 align-top first:pl-4 last:pr-4";

/** On a phone the columns fold under the sentence. */
export const ActivityTable = ({ rows }: { readonly rows: readonly ActionRow[] }) => (
  <table className="w-full border-collapse text-sm">
    <thead className="max-md:sr-only">
      <tr className="border-b border-line">
        <th scope="col" className={HEAD}>
          When
        </th>
        <th scope="col" className={HEAD}>
          What
        </th>
        <th scope="col" className={HEAD}>
          Outcome
        </th>
        <th scope="col" className={HEAD}>
          Contact
        </th>
        <th scope="col" className={HEAD}>
          By
        </th>
        <th scope="col" className={`${HEAD} max-lg:hidden`}>
          Rules
        </th>
        <th scope="col" className={`${HEAD} max-lg:hidden`}>
          Model
        </th>
        <th scope="col" className={`${HEAD} text-right`}>
          Cost
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <ActivityRow key={row.id} row={row} />
      ))}
    </tbody>
  </table>
);

const ActivityRow = ({ row }: { readonly row: ActionRow }) => {
  const { slug } = useClub();
  return (
    <tr className="border-b border-line last:border-b-0 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-4 max-md:py-3 max-md:[&>td]:p-0! max-md:[&>td:not(:nth-child(2))]:text-xs">
      <td className={`${CELL} whitespace-nowrap text-ink-2 tabular-nums`}>
        <RelativeTime at={row.createdAt} />
      </td>
      <td className={`${CELL} max-md:order-first max-md:w-full`}>
        <p className="max-w-[60ch]">{row.summary}</p>
        <p className="text-xs text-ink-3">
          No. {row.sequence}, {words(row.kind)}
          {row.agentRunId === null ? null : (
            <>
              {", "}
              <Link
                href={agentRunPath(slug, row.agentRunId)}
                prefetch={false}
                aria-label={`Open the run of row ${row.sequence}`}
                className="underline underline-offset-2"
              >
                open the run
              </Link>
            </>
          )}
        </p>
      </td>
      <td className={CELL}>
        <OutcomeChip outcome={row.outcome} />
      </td>
      <td className={`${CELL} whitespace-nowrap empty:hidden`}>
        {row.conversationId === null ? (
          row.contactName
        ) : (
          <Link href={conversationPath(slug, row.conversationId)} className="underline underline-offset-2">
            {row.contactName ?? "Conversation"}
          </Link>
        )}
      </td>
      <td className={`${CELL} whitespace-nowrap text-ink-2`}>
        <ActorName row={row} />
      </td>
      <td className={`${CELL} whitespace-nowrap text-ink-2 max-lg:hidden`}>{row.policyVersion ?? "–"}</td>
      <td className={`${CELL} whitespace-nowrap text-ink-2 max-lg:hidden`}>{row.model ?? "–"}</td>
      <td className={`${CELL} text-right whitespace-nowrap text-ink-2 tabular-nums ${row.costMicros === 0 ? "max-md:hidden" : ""}`}>
        {row.costMicros === 0 ? "–" : formatCostMicros(row.costMicros)}
      </td>
    </tr>
  );
};

const OutcomeChip = ({ outcome }: { readonly outcome: string }) => {
  const { label, tone } = ledgerLabel(outcome);
  return <Chip tone={tone}>{label}</Chip>;
};

const ActorName = ({ row }: { readonly row: ActionRow }) => {
  const { actorKind: kind, actorName, deskName } = row;
  if (actorName !== null) {
    return deskName === null ? actorName : `${actorName}, at ${deskName}`;
  }
  if (kind !== "agent" && kind !== "workflow") {
    return capitalize(words(kind));
  }
  return (
    <span className="inline-flex items-center gap-1 text-spotter-ink">
      <SpotterGlyph className="size-3.5" />
      {kind === "agent" ? "Spotter" : "Workflow"}
    </span>
  );
};
