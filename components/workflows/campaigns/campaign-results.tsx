"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { CampaignResults } from "#components/workflows/workflow-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";
import { RESPONSE_DAYS } from "#server/domain/workflows/campaign-plan.ts";
import type { Arm } from "#server/domain/workflows/experiment.ts";

type Figures = CampaignResults["arms"][number];

/** Each text beside the other, both beside whom nobody wrote to. */
export const CampaignResultsTab = ({ workflowId }: { readonly workflowId: Id<"workflow"> }) => {
  const { id: clubId } = useClub();
  const results = useQuery(useTRPC().workflows.campaignResults.queryOptions({ clubId, workflowId }));
  return (
    <>
      {results.isPending ? <SkeletonRows count={4} label="Loading results" /> : null}
      {results.isError && results.data === undefined ? <ErrorState error={results.error} onRetry={() => void results.refetch()} /> : null}
      {results.data === undefined ? null : results.data.arms.length === 0 ? (
        <div className="rounded-card border border-line bg-surface">
          <EmptyState icon={<ChartColumn />} title="Nothing to compare yet">
            Once its first live run has written to somebody, what they did stands here, text by text.
          </EmptyState>
        </div>
      ) : (
        <Shown results={results.data} />
      )}
    </>
  );
};

const Shown = ({ results }: { readonly results: CampaignResults }) => (
  <div className="flex flex-col gap-6">
    <p role="status" className="max-w-[72ch] text-base text-pretty">
      {verdictText(results)} {holdOutText(results)}
    </p>
    <Table results={results} />
    <p className="text-xs text-ink-3">
      What somebody does within {RESPONSE_DAYS} days of their message counts; of whom nobody wrote to, within {RESPONSE_DAYS} days of the
      moment they would have been.
    </p>
  </div>
);

const NAMES = { a: "First text", b: "Second text", held_out: "Held out" } as const satisfies Record<Arm, string>;

const counted = (winnerBy: CampaignResults["winnerBy"]): string => (winnerBy === "reply" ? "replies" : "conversions");

const surely = (sureness: number | null): string =>
  sureness === null
    ? ""
    : ` It is ${sureness > 0.999 ? "more than 99.9" : Math.floor(sureness * 1_000) / 10}% sure that this is no chance.`;

const verdictText = ({ hasSecond, sureness, verdict, winnerBy }: CampaignResults): string => {
  if (!hasSecond) {
    return "There is one text.";
  }
  switch (verdict.kind) {
    case "too_few":
      return `No winner yet: ${verdict.missing.toLocaleString("en-US")} more people must get one of the texts first.`;
    case "even":
      return `The two texts bring about as many ${counted(winnerBy)}.${surely(sureness)} A winner needs 95%.`;
    case "winner":
      return `The ${NAMES[verdict.arm].toLowerCase()} wins by ${counted(winnerBy)}; everybody from now on gets it.${surely(sureness)}`;
  }
};

const holdOutText = ({ arms, holdOutSureness }: CampaignResults): string => {
  const held = arms.find(({ arm }) => arm === "held_out");
  const written = arms.filter(({ arm }) => arm !== "held_out");
  if (held === undefined || written.length === 0) {
    return "";
  }
  const people = written.reduce((sum, arm) => sum + arm.people, 0);
  const converted = written.reduce((sum, arm) => sum + arm.converted, 0);
  return `Of whom it wrote to, ${share(converted, people)} paid, booked or joined; of whom nobody wrote to, ${share(held.converted, held.people)}.${surely(holdOutSureness)}`;
};

const share = (part: number, whole: number): string => (whole === 0 ? "–" : `${Math.round((part / whole) * 1_000) / 10}%`);

type Column = { readonly label: string; readonly tip: string; readonly read: (figures: Figures) => number; readonly isShare: boolean };

const COLUMNS: readonly Column[] = [
  {
    label: "People",
    tip: "Whom this text went to, or may have gone to; or who is held out.",
    read: ({ people }) => people,
    isShare: false,
  },
  {
    label: "Delivered",
    tip: "Messages the vendor says have arrived. Of the others nothing is known, or the vendor says they did not.",
    read: ({ delivered }) => delivered,
    isShare: true,
  },
  { label: "Replies", tip: `People who wrote anything within ${RESPONSE_DAYS} days.`, read: ({ replied }) => replied, isShare: true },
  {
    label: "Conversions",
    tip: `People with a payment, a booking or a new membership within ${RESPONSE_DAYS} days.`,
    read: ({ converted }) => converted,
    isShare: true,
  },
  {
    label: "Opt-outs",
    tip: `People who opted out of messages within ${RESPONSE_DAYS} days.`,
    read: ({ optedOut }) => optedOut,
    isShare: true,
  },
];

const HEAD = "bg-surface px-3 py-2.5 text-right text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 first:text-left last:pr-4";
const CELL = "px-3 py-3 text-right tabular-nums first:pl-4 first:text-left last:pr-4";

const Table = ({ results: { arms, hasSecond, verdict } }: { readonly results: CampaignResults }) => (
  <div
    tabIndex={0}
    role="group"
    aria-label="Results by text"
    className="relative overflow-x-auto rounded-card border border-line bg-surface focus-visible:-outline-offset-2"
  >
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={HEAD}>
            Who
          </th>
          {COLUMNS.map(({ label, tip }) => (
            <th key={label} scope="col" data-tip={tip} className={`${HEAD} underline decoration-dotted underline-offset-4`}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {arms.map((figures) => (
          <tr key={figures.arm} className="border-b border-line last:border-b-0">
            <th scope="row" className={`${CELL} font-normal whitespace-nowrap`}>
              {figures.arm === "a" && !hasSecond ? "Text" : NAMES[figures.arm]}{" "}
              {verdict.kind === "winner" && verdict.arm === figures.arm ? <Chip tone="good">Winner</Chip> : null}
            </th>
            {COLUMNS.map(({ isShare, label, read }) => (
              <td key={label} className={CELL}>
                {figures.arm === "held_out" && label === "Delivered" ? (
                  <span className="text-ink-3">–</span>
                ) : (
                  <>
                    {read(figures).toLocaleString("en-US")}
                    {isShare ? <span className="ml-1.5 text-xs text-ink-3">{share(read(figures), figures.people)}</span> : null}
                  </>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
