"use client";

import { Download, Megaphone } from "lucide-react";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { campaignForPath } from "#components/lib/paths.ts";
import { useDownload } from "#components/lib/use-download.ts";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { campaignSegmentOf, type PeopleFilter } from "#server/domain/people-filter.ts";
import type { PersonRow } from "#server/domain/people-view.ts";

/** As many as one file may name one by one; beyond, the filter itself is the choice. */
const CHOSEN_MAX = 1_000;

type SelectionBarProps = {
  readonly filter: PeopleFilter;
  readonly shownCount: number;
  readonly hasMore: boolean;
  readonly selectedIds: readonly PersonRow["id"][];
  readonly onClear: () => void;
};

/** What can be done with the people on the page: those that are ticked, else all that the filter means. */
export const SelectionBar = ({ filter, hasMore, onClear, selectedIds, shownCount }: SelectionBarProps) => {
  const { slug } = useClub();
  const mayExport = useMay("member.export");
  const file = useDownload(`/api/exports/${slug}/people`);
  const isChosen = selectedIds.length > 0;
  const segment = useMay("workflow.manage") ? campaignSegmentOf(filter) : null;
  return shownCount === 0 ? null : (
    <div className="flex min-h-12 flex-wrap items-center gap-2 border-t border-line px-4 py-2">
      <p role="status" className="mr-auto text-xs text-ink-2 tabular-nums">
        {isChosen
          ? `${selectedIds.length} selected`
          : `${shownCount.toLocaleString("en-US")} shown${hasMore ? ", more as you scroll" : ""}`}
      </p>
      {isChosen ? (
        <Button kind="quiet" onClick={onClear}>
          Clear
        </Button>
      ) : null}
      {segment === null ? null : (
        <Link href={campaignForPath(slug, segment)} className={buttonStyles({ kind: "secondary" })}>
          <Megaphone aria-hidden="true" />
          Write them a campaign
        </Link>
      )}
      {mayExport ? (
        <Button
          isBusy={file.isPending}
          disabled={selectedIds.length > CHOSEN_MAX}
          onClick={() => file.mutate({ filter, ...(isChosen ? { personIds: selectedIds } : {}) })}
        >
          <Download aria-hidden="true" />
          {isChosen ? "Export the selected" : "Export all"}
        </Button>
      ) : null}
    </div>
  );
};
