"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { ReactNode } from "react";

import { ClockProvider } from "#components/lib/clock.tsx";
import type { LiveState } from "#components/lib/live-feed.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { useLiveClub } from "#components/lib/use-live-club.ts";
import type { ClubSummary } from "#server/domain/inbox-view.ts";
import { permissionsOf } from "#server/domain/permissions.ts";
import type { Permission } from "#server/domain/permissions.ts";

const ClubContext = createContext<ClubSummary | null>(null);
const LiveContext = createContext<LiveState | null>(null);

type ClubProviderProps = { readonly club: ClubSummary; readonly renderedAtMs: number; readonly children: ReactNode };

/** The club everything below is about, kept current, with its clock and its live connection. */
export const ClubProvider = ({ club, renderedAtMs, children }: ClubProviderProps) => {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.clubs.bySlug.queryOptions({ slug: club.slug }, { initialData: club, initialDataUpdatedAt: renderedAtMs }));
  const live = useLiveClub(club.id);
  return (
    <ClubContext value={data}>
      <LiveContext value={live}>
        <ClockProvider zone={data.timeZone} renderedAtMs={renderedAtMs}>
          {children}
        </ClockProvider>
      </LiveContext>
    </ClubContext>
  );
};

export const useClub = (): ClubSummary => {
  const club = use(ClubContext);
  if (club === null) {
    throw new Error("useClub needs a ClubProvider above it");
  }
  return club;
};

/** The state of the live connection; null until it has been tried. */
export const useLive = (): LiveState | null => use(LiveContext);

/** Whether the signed-in person may do this here. The server checks again; this only keeps dead buttons away. */
export const useMay = (permission: Permission): boolean => {
  return permissionsOf(useClub()).includes(permission);
};
