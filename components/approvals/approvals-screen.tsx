"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";

import { ApprovalQueue } from "#components/approvals/approval-queue.tsx";
import { DecidedList } from "#components/approvals/decided-list.tsx";
import { APPROVAL_TABS, approvalParams } from "#components/approvals/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Count } from "#components/ui/chip.tsx";
import { Page } from "#components/ui/page.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

const PANEL_ID = "approvals";
const LABELS = { waiting: "Waiting", decided: "Decided" } as const;

/** What waits for a yes or a no, and what became of what did. */
export const ApprovalsScreen = () => {
  const { id: clubId } = useClub();
  const [{ tab }, setParams] = useQueryStates(approvalParams);
  const waiting = useQuery(useTRPC().approvals.list.queryOptions({ clubId }));
  const count = waiting.data?.length ?? 0;
  return (
    <Page
      title="Approvals"
      about="What Spotter wants to do and may not do alone. Nothing that waits has gone out; what expires is not sent."
    >
      <div className="-mx-3 mb-4 max-w-200 border-b border-line">
        <Tabs
          label="Approvals"
          panelId={PANEL_ID}
          value={tab}
          onChange={(next) => void setParams({ tab: next })}
          tabs={APPROVAL_TABS.map((value) => ({
            value,
            label: LABELS[value],
            badge: value === "waiting" ? <Count value={count} label={`${count} waiting`} /> : null,
          }))}
        />
      </div>
      <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[tab]} className="max-w-200">
        {tab === "waiting" ? <ApprovalQueue /> : <DecidedList />}
      </div>
    </Page>
  );
};
