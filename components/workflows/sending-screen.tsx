"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Section } from "#components/policy/section.tsx";
import { SendingForm } from "#components/workflows/sending-form.tsx";
import { SendingWindows } from "#components/workflows/sending-windows.tsx";
import type { SendingView } from "#components/workflows/workflow-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** What the franchise answers for before and while its clubs write to people who did not ask. */
export const SendingScreen = () => {
  const { franchiseName, slug } = useClub();
  return (
    <Page
      title="Before anything goes out uninvited"
      about={`What ${franchiseName} answers for, in all its clubs. Whatever nobody has set here stands on the strict side. This is no legal advice: let a lawyer look at it.`}
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      {useMay("workflow.run") ? (
        <Settings />
      ) : (
        <EmptyState icon={<ShieldCheck />} title="For managers and owners">
          These rules are read by managers and changed by the owner of the franchise.
        </EmptyState>
      )}
    </Page>
  );
};

const Settings = () => {
  const { id: clubId } = useClub();
  const sending = useQuery(useTRPC().sending.get.queryOptions({ clubId }));
  return (
    <>
      {sending.isPending ? <SkeletonRows count={6} label="Loading the rules" /> : null}
      {sending.isError && sending.data === undefined ? <ErrorState error={sending.error} onRetry={() => void sending.refetch()} /> : null}
      {sending.data === undefined ? null : (
        <div className="flex flex-col gap-8">
          {sending.data.mayPublish ? null : (
            <p className="rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">
              You can read these rules; an owner of the whole franchise changes them.
            </p>
          )}
          <SendingForm key={sending.data.version} view={sending.data} />
          <SendingWindows rulesVersion={sending.data.rulesVersion} />
          <History view={sending.data} />
        </div>
      )}
    </>
  );
};

const History = ({ view: { history, version } }: { readonly view: SendingView }) => (
  <Section id="versions" title="Versions" about="Each message keeps the version it went out under, with who had checked it.">
    {history.length === 0 ? (
      <p className="px-4 py-5 text-sm text-ink-3">Nothing was ever published: everything is strict.</p>
    ) : (
      <ul>
        {history.map((one) => (
          <li
            key={one.version}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2.5 text-sm last:border-b-0"
          >
            <span className="font-semibold tabular-nums">Version {one.version}</span>
            {one.version === version ? <Chip tone="good">In force</Chip> : null}
            <span className="min-w-0 flex-1 basis-64 text-ink-2">{one.note}</span>
            <span className="text-xs text-ink-3">
              {one.publishedBy ?? "Set up with the franchise"}, <RelativeTime at={one.publishedAt} isInSentence />
            </span>
          </li>
        ))}
      </ul>
    )}
  </Section>
);
