"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";

import { ColumnStep } from "#components/imports/column-step.tsx";
import { ResultStep } from "#components/imports/result-step.tsx";
import { importParams } from "#components/imports/search-params.ts";
import { UploadStep } from "#components/imports/upload-step.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";

/** How often a running import is asked for. */
const RUNNING_POLL_MS = 1_000;

/** A table of people or bookings on its way into the club: hand it in, say what its columns are, look, store. */
export const ImportScreen = () => {
  const { slug } = useClub();
  const mayImport = useMay("member.import");
  const [{ import: importId, kind }, setParams] = useQueryStates(importParams, { history: "push" });
  return (
    <Page
      title="Import a table"
      about="People or bookings, as another system or a spreadsheet has written them. Nothing is stored before you have seen what will happen."
      aside={
        <Link href={clubPath(slug, "members")} className={buttonStyles({ kind: "quiet" })}>
          Back to members
        </Link>
      }
    >
      {mayImport ? null : (
        <EmptyState icon={<Lock />} title="Only managers import tables">
          Ask a manager or the owner of this club.
        </EmptyState>
      )}
      {mayImport && importId === null ? (
        <UploadStep
          kind={kind}
          onKind={(next) => void setParams({ kind: next }, { history: "replace" })}
          onOpen={(id) => void setParams({ import: id })}
        />
      ) : null}
      {mayImport && importId !== null ? (
        <OneImport key={importId} importId={importId} onLeave={() => void setParams({ import: null })} />
      ) : null}
    </Page>
  );
};

const OneImport = ({ importId, onLeave }: { readonly importId: Id<"csvImport">; readonly onLeave: () => void }) => {
  const { id: clubId } = useClub();
  const view = useQuery(
    useTRPC().imports.get.queryOptions(
      { clubId, importId },
      { refetchInterval: ({ state }) => (state.data?.status === "running" ? RUNNING_POLL_MS : false) },
    ),
  );
  if (view.data === undefined) {
    return view.isError ? (
      <ErrorState error={view.error} onRetry={() => void view.refetch()} />
    ) : (
      <SkeletonRows count={6} label="Loading the table" />
    );
  }
  return view.data.status === "uploaded" ? (
    <ColumnStep importId={importId} view={view.data} onLeave={onLeave} />
  ) : (
    <ResultStep importId={importId} view={view.data} onLeave={onLeave} />
  );
};
