"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Lock, TriangleAlert } from "lucide-react";
import Link from "next/link";

import type { ProviderOffer } from "#components/connections/connection-types.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { connectPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Every vendor that can be connected, with what Spotter does with it. */
export const CatalogueScreen = () => {
  const { id: clubId, name } = useClub();
  const mayManage = useMay("connection.manage");
  const offers = useQuery(useTRPC().connections.providers.queryOptions({ clubId }));
  return (
    <Page title="Connect a vendor" about={`Pick what ${name} uses. Nothing is stored before the vendor has accepted it.`}>
      {mayManage ? null : (
        <EmptyState icon={<Lock />} title="Only an owner connects vendors">
          Ask an owner of the franchise.
        </EmptyState>
      )}
      {mayManage ? (
        <Panel label="Vendors">
          {offers.isPending ? <SkeletonRows count={6} label="Loading vendors" /> : null}
          {offers.isError && offers.data === undefined ? <ErrorState error={offers.error} onRetry={() => void offers.refetch()} /> : null}
          <ul className="divide-y divide-line">
            {offers.data?.map((offer) => (
              <Offer key={offer.provider} offer={offer} />
            ))}
          </ul>
        </Panel>
      ) : null}
    </Page>
  );
};

const Offer = ({ offer }: { readonly offer: ProviderOffer }) => {
  const { slug } = useClub();
  const connected = offer.connections.map(({ name }) => name).join(", ");
  return (
    <li>
      <Link
        href={connectPath(slug, offer.provider)}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1 basis-64">
          <span className="block text-base font-semibold">{offer.name}</span>
          <span className="block max-w-[72ch] text-sm text-ink-2">{offer.summary}</span>
        </span>
        <span className="flex flex-wrap gap-1.5">
          {offer.caution === null ? null : (
            <Chip tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
              Unofficial parts
            </Chip>
          )}
          {connected === "" ? null : (
            <Chip tone="good" icon={<CircleCheck aria-hidden="true" />}>
              Connected: {connected}
            </Chip>
          )}
        </span>
      </Link>
    </li>
  );
};
