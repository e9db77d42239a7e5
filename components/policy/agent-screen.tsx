"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryState } from "nuqs";

import { useClub, useMay } from "#components/lib/club.tsx";
import { agentTestPath, learningPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { FranchiseTab } from "#components/policy/franchise-tab.tsx";
import { PolicyEditor } from "#components/policy/policy-editor.tsx";
import type { PolicySettings } from "#components/policy/policy-types.ts";
import { AGENT_TABS, agentParams } from "#components/policy/search-params.ts";
import { VersionsTab } from "#components/policy/versions-tab.tsx";
import { buttonStyles } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

const PANEL_ID = "agent-panel";
type Tab = (typeof AGENT_TABS)[number];

const LABELS = { settings: "Settings", versions: "Versions", franchise: "Franchise" } as const satisfies Record<Tab, string>;

/** How Spotter works in this club: what it may do, how sure it has to be, and all the rules there ever were. */
export const AgentScreen = () => {
  const { id: clubId, name, slug } = useClub();
  const mayLearn = useMay("learning.read");
  const settings = useQuery(useTRPC().policies.get.queryOptions({ clubId }));
  return (
    <Page
      title="Agent"
      about={`How Spotter works in ${name}. Changes hold from the moment you publish them, and every version can be brought back.`}
      aside={
        <div className="flex gap-2">
          {mayLearn ? (
            <Link href={learningPath(slug)} className={buttonStyles()}>
              What it learned
            </Link>
          ) : null}
          <Link href={agentTestPath(slug)} className={buttonStyles()}>
            Try Spotter
          </Link>
        </div>
      }
    >
      {settings.isPending ? <SkeletonRows count={8} label="Loading the settings" /> : null}
      {settings.isError && settings.data === undefined ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : null}
      {settings.data === undefined ? null : <Tabbed settings={settings.data} />}
    </Page>
  );
};

const Tabbed = ({ settings }: { readonly settings: PolicySettings }) => {
  const [tab, setTab] = useQueryState("tab", agentParams.tab);
  const offered = AGENT_TABS.filter((one) => one !== "franchise" || settings.mayPublish.franchise);
  const shown = offered.includes(tab) ? tab : "settings";
  return (
    <>
      <div className="mb-6 border-b border-line">
        <Tabs
          label="Parts of the settings"
          value={shown}
          panelId={PANEL_ID}
          onChange={(next) => void setTab(next)}
          tabs={offered.map((value) => ({ value, label: LABELS[value] }))}
        />
      </div>
      <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[shown]}>
        {settings.mayPublish.club || shown === "versions" ? null : (
          <p className="mb-6 rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">You can read these settings; an owner changes them.</p>
        )}
        {shown === "settings" ? <PolicyEditor settings={settings} layer="club" /> : null}
        {shown === "versions" ? <VersionsTab settings={settings} /> : null}
        {shown === "franchise" ? <FranchiseTab settings={settings} /> : null}
      </div>
    </>
  );
};
