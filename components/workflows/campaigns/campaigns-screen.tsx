"use client";

import { useQuery } from "@tanstack/react-query";
import { Megaphone, Plus } from "lucide-react";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { campaignPath, clubPath, newCampaignPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { CampaignRow } from "#components/workflows/workflow-types.ts";
import { workflowLabel } from "#components/workflows/workflow-words.ts";
import { buttonStyles } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { RESPONSE_DAYS } from "#server/domain/workflows/campaign-plan.ts";

/** The owner's own campaigns with what each came to. */
export const CampaignsScreen = () => {
  const { id: clubId, slug } = useClub();
  const mayManage = useMay("workflow.manage");
  const campaigns = useQuery(useTRPC().workflows.campaigns.queryOptions({ clubId }));
  const makeLink = (
    <Link href={newCampaignPath(slug)} className={buttonStyles({ kind: "primary" })}>
      <Plus aria-hidden="true" />
      New campaign
    </Link>
  );
  return (
    <Page
      title="Campaigns"
      about="Your own words to people of your choosing, each of them once, with a second text and a held-out group where you want to know what works."
      aside={
        <div className="flex flex-wrap items-center gap-3">
          <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
            All workflows
          </Link>
          {mayManage && campaigns.data !== undefined && campaigns.data.length > 0 ? makeLink : null}
        </div>
      }
    >
      {campaigns.isPending ? <SkeletonRows count={4} label="Loading campaigns" /> : null}
      {campaigns.isError && campaigns.data === undefined ? (
        <ErrorState error={campaigns.error} onRetry={() => void campaigns.refetch()} />
      ) : null}
      {campaigns.data?.length === 0 ? (
        <EmptyState icon={<Megaphone />} title="No campaigns yet">
          <p>A campaign writes to people you choose, and shows what it changed: who replied, who paid, booked or joined.</p>
          {mayManage ? <div className="mt-4">{makeLink}</div> : <p className="mt-2">An owner makes the first one.</p>}
        </EmptyState>
      ) : null}
      {campaigns.data === undefined || campaigns.data.length === 0 ? null : <Table campaigns={campaigns.data} />}
    </Page>
  );
};

const COLUMNS = [
  { label: "For", tip: "People who belong to its segment at this moment, whether they may be written to or not." },
  { label: "Sent", tip: "People its messages went to, or may have gone to where the vendor’s answer was lost." },
  { label: "Replies", tip: `Of those, who wrote back within ${RESPONSE_DAYS} days.` },
  { label: "Conversions", tip: `Of those, who paid, booked or joined within ${RESPONSE_DAYS} days.` },
] as const;

const HEAD = "bg-surface px-3 py-2.5 text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 last:pr-4";
const CELL = "px-3 py-3 align-top text-right text-sm tabular-nums first:pl-4 last:pr-4";

const Table = ({ campaigns }: { readonly campaigns: readonly CampaignRow[] }) => (
  <Panel label="Campaigns">
    <table className="w-full border-collapse">
      <thead className="max-md:sr-only">
        <tr className="border-b border-line">
          <th scope="col" className={`${HEAD} text-left`}>
            Campaign
          </th>
          {COLUMNS.map(({ label, tip }) => (
            <th key={label} scope="col" data-tip={tip} className={`${HEAD} text-right underline decoration-dotted underline-offset-4`}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {campaigns.map((campaign) => (
          <Row key={campaign.id} campaign={campaign} />
        ))}
      </tbody>
    </table>
  </Panel>
);

const Row = ({ campaign }: { readonly campaign: CampaignRow }) => {
  const { slug } = useClub();
  const { label, tone } = workflowLabel(campaign);
  const figures = [campaign.audienceCount, campaign.sentCount, campaign.repliedCount, campaign.convertedCount];
  return (
    <tr className="border-b border-line last:border-b-0 max-md:flex max-md:flex-wrap max-md:gap-x-4 max-md:gap-y-1 max-md:px-4 max-md:py-3 max-md:[&>td]:p-0!">
      <td className={`${CELL} text-left! max-md:w-full`}>
        <p className="flex flex-wrap items-center gap-2">
          <Link href={campaignPath(slug, campaign.id)} className="font-semibold underline-offset-2 hover:underline">
            {campaign.name}
          </Link>
          <Chip tone={tone}>{label}</Chip>
        </p>
        <p className="text-xs text-ink-3">
          {campaign.lastRun === null ? (
            "It has not run yet."
          ) : (
            <>
              Last run <RelativeTime at={campaign.lastRun.startedAt} isInSentence />
            </>
          )}
        </p>
      </td>
      {figures.map((figure, index) => (
        <td key={COLUMNS[index]?.label} className={CELL}>
          <span className="mr-1 text-xs text-ink-3 md:hidden">{COLUMNS[index]?.label}</span>
          {figure.toLocaleString("en-US")}
        </td>
      ))}
    </tr>
  );
};
