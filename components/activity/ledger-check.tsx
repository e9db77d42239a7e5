"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, OctagonAlert, ShieldCheck } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** Computes the chain of hashes anew on the server, when somebody asks, and says how far it holds. */
export const LedgerCheck = () => {
  const { id: clubId } = useClub();
  const check = useQuery(useTRPC().aiActions.verify.queryOptions({ clubId }, { enabled: false, staleTime: Infinity }));
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button isBusy={check.isFetching} onClick={() => void check.refetch()}>
        <ShieldCheck aria-hidden="true" />
        Check the chain
      </Button>
      <p role="status" className="flex items-center gap-1.5 text-sm text-ink-2">
        {check.isFetching ? "Reading every row …" : null}
        {check.isError && !check.isFetching ? describeFailure(check.error).title : null}
        {check.data === undefined || check.isFetching ? null : <Verdict check={check.data} at={new Date(check.dataUpdatedAt)} />}
      </p>
    </div>
  );
};

type VerdictProps = {
  readonly check: { readonly isWhole: boolean; readonly rowCount: number; readonly firstBrokenSequence: string | null };
  readonly at: Date;
};

const Verdict = ({ at, check: { firstBrokenSequence, isWhole, rowCount } }: VerdictProps) =>
  isWhole ? (
    <>
      <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good-ink" />
      <span>
        {rowCount === 0 ? "There are no rows yet" : `Whole: all ${rowCount.toLocaleString("en-US")} rows follow from each other`}, checked{" "}
        <RelativeTime at={at} isInSentence />
      </span>
    </>
  ) : (
    <>
      <OctagonAlert aria-hidden="true" className="size-4 shrink-0 text-bad-ink" />
      <span className="text-bad-ink">
        {`It holds until row ${rowCount.toLocaleString("en-US")}. Row ${firstBrokenSequence ?? ""} was changed, removed or put in by somebody with the database in hand.`}
      </span>
    </>
  );
