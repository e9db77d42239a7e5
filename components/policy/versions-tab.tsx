"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useQueryState } from "nuqs";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ChangeList } from "#components/policy/change-list.tsx";
import type { EditedLayer, PolicySettings, PolicyVersion } from "#components/policy/policy-types.ts";
import { RollBackDialog } from "#components/policy/roll-back-dialog.tsx";
import { agentParams, VERSION_LAYERS } from "#components/policy/search-params.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { diffLocks, diffPolicies } from "#server/domain/policy-diff.ts";
import type { PolicyDifference } from "#server/domain/policy-diff.ts";

const LAYER_LABELS = { club: "This club", franchise: "Franchise" } as const satisfies Record<EditedLayer, string>;

/** All that was ever in force, with what each version changed. */
export const VersionsTab = ({ settings }: { readonly settings: PolicySettings }) => {
  const { id: clubId } = useClub();
  const [layer, setLayer] = useQueryState("layer", agentParams.layer);
  const [target, setTarget] = useState<PolicyVersion | null>(null);
  const trpc = useTRPC();
  const versions = useInfiniteQuery(
    trpc.policies.versions.infiniteQueryOptions({ clubId, layer }, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  const rows = versions.data?.pages.flatMap(({ items }) => items) ?? [];
  const oldest = versions.data?.pages.at(-1)?.previous ?? null;
  const newest = settings[layer].version;
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControlRow layer={layer} onChange={(next) => void setLayer(next)} />
      {versions.isPending ? <SkeletonRows count={4} label="Loading versions" /> : null}
      {versions.isError && versions.data === undefined ? (
        <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
      ) : null}
      {versions.isSuccess && rows.length === 0 ? (
        <EmptyState icon={<History />} title="Nothing was published yet">
          {layer === "club" ? "This club works by what the franchise sets." : "The franchise leaves everything as it is built in."}
        </EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <Panel label={`Versions: ${LAYER_LABELS[layer]}`}>
          <ol className="divide-y divide-line">
            {rows.map((version, index) => (
              <VersionRow
                key={version.version}
                version={version}
                changes={changesOf(version, rows[index + 1] ?? oldest)}
                isInForce={version.version === newest}
                onRollBack={settings.mayPublish[layer] && version.version !== newest ? () => setTarget(version) : null}
              />
            ))}
          </ol>
        </Panel>
      )}
      {versions.hasNextPage ? (
        <Button className="self-center" isBusy={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
      {target === null ? null : <RollBackDialog layer={layer} target={target} current={settings[layer]} onClose={() => setTarget(null)} />}
    </div>
  );
};

type SegmentedControlRowProps = { readonly layer: EditedLayer; readonly onChange: (layer: EditedLayer) => void };

const SegmentedControlRow = ({ layer, onChange }: SegmentedControlRowProps) => (
  <div>
    <SegmentedControl
      label="Whose versions"
      options={VERSION_LAYERS.map((value) => ({ value, label: LAYER_LABELS[value] }))}
      value={layer}
      onChange={onChange}
    />
  </div>
);

const changesOf = (version: PolicyVersion, before: PolicyVersion | null): readonly PolicyDifference[] => [
  ...diffPolicies(before?.document ?? {}, version.document),
  ...diffLocks(before?.lockedPaths ?? [], version.lockedPaths),
];

type VersionRowProps = {
  readonly version: PolicyVersion;
  readonly changes: readonly PolicyDifference[];
  readonly isInForce: boolean;
  readonly onRollBack: (() => void) | null;
};

const VersionRow = ({ version: { version, note, publishedAt, publishedBy }, changes, isInForce, onRollBack }: VersionRowProps) => (
  <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
    <div className="min-w-0 flex-1 basis-64">
      <p className="flex flex-wrap items-center gap-2 text-base">
        <span className="font-semibold">Version {version}</span>
        {isInForce ? <Chip tone="good">In force</Chip> : null}
        <span className="text-sm text-ink-3">
          {publishedBy ?? "Spotter"}, <RelativeTime at={publishedAt} isInSentence />
        </span>
      </p>
      {note === null ? null : <p className="mt-0.5 text-sm text-ink-2">{note}</p>}
      <details className="mt-1">
        <summary className="cursor-pointer text-sm text-ink-2">
          {changes.length === 1 ? "1 change" : `${changes.length} changes`}
          <span className="sr-only"> in version {version}</span>
        </summary>
        <div className="mt-2">
          <ChangeList differences={changes} nothing="Nothing was set." />
        </div>
      </details>
    </div>
    {onRollBack === null ? null : (
      <Button size="sm" onClick={onRollBack}>
        Go back to this<span className="sr-only"> version {version}</span>
      </Button>
    )}
  </li>
);
