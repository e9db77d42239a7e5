"use client";

import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { Lock, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubStartPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ClubDialog } from "#components/settings/club-dialog.tsx";
import { FranchiseNameForm } from "#components/settings/franchise-name-form.tsx";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TIME_ZONES, type TimeZone } from "#server/domain/club-facts.ts";
import type { AppRouter } from "#server/trpc/root.ts";

export type FranchiseClub = inferRouterOutputs<AppRouter>["clubs"]["franchise"]["clubs"][number];

/** The franchise and its clubs, for whoever owns all of it. */
export const FranchiseScreen = () => {
  const { id: clubId, franchiseId } = useClub();
  const mayManage = useMay("club.manage");
  const franchise = useQuery(useTRPC().clubs.franchise.queryOptions({ clubId }, { enabled: mayManage }));
  const [edited, setEdited] = useState<FranchiseClub | null>(null);
  return (
    <SettingsPage
      title="Franchise"
      about="Its name, its clubs, and how they are reached."
      aside={
        mayManage ? (
          <Link href={{ pathname: "/start", query: { franchise: franchiseId } }} className={buttonStyles({ kind: "primary" })}>
            <Plus aria-hidden="true" />
            Add a club
          </Link>
        ) : null
      }
    >
      {mayManage ? null : (
        <EmptyState icon={<Lock />} title="Only an owner of the franchise sees this">
          Ask one of them.
        </EmptyState>
      )}
      {mayManage && franchise.isPending ? <SkeletonRows count={4} label="Loading the franchise" /> : null}
      {franchise.isError && franchise.data === undefined ? (
        <ErrorState error={franchise.error} onRetry={() => void franchise.refetch()} />
      ) : null}
      {franchise.data === undefined ? null : (
        <div className="flex max-w-200 flex-col gap-6">
          <FranchiseNameForm key={franchise.data.name} name={franchise.data.name} />
          <Panel label="Clubs">
            <ul className="divide-y divide-line">
              {franchise.data.clubs.map((club) => (
                <ClubRow key={club.id} club={club} onEdit={() => setEdited(club)} />
              ))}
            </ul>
          </Panel>
        </div>
      )}
      {edited === null ? null : <ClubDialog club={edited} onClose={() => setEdited(null)} />}
    </SettingsPage>
  );
};

const zoneLabel = (zone: string): string => (Object.hasOwn(TIME_ZONES, zone) ? TIME_ZONES[zone as TimeZone] : zone);

const ClubRow = ({ club, onEdit }: { readonly club: FranchiseClub; readonly onEdit: () => void }) => (
  <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
    <div className="min-w-0 flex-1 basis-56">
      <Link href={clubStartPath(club.slug)} className="text-base font-semibold underline-offset-2 hover:underline">
        {club.name}
      </Link>
      <p className="text-sm text-ink-2">{club.address ?? "No address yet"}</p>
      <p className="text-xs text-ink-3 tabular-nums">
        {zoneLabel(club.timeZone)} · {club.phone ?? "no phone yet"} ·{" "}
        {club.managerPhone === null && club.emergencyPhone === null
          ? "nobody is on call"
          : `on call: ${club.managerPhone ?? club.emergencyPhone}`}
      </p>
    </div>
    <Button size="sm" aria-label={`Change ${club.name}`} onClick={onEdit}>
      Change
    </Button>
  </li>
);
