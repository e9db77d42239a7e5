"use client";

import { useQueryStates } from "nuqs";

import { useMay } from "#components/lib/club.tsx";
import { ChatTab } from "#components/rehearsals/chat-tab.tsx";
import { ReplayTab } from "#components/rehearsals/replay-tab.tsx";
import { REHEARSAL_TABS, rehearsalParams } from "#components/rehearsals/search-params.ts";
import { TestsTab } from "#components/rehearsals/tests-tab.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

const PANEL_ID = "rehearsal-panel";
const LABELS = { chat: "Test chat", tests: "Kept tests", replay: "Replay" } as const satisfies Record<
  (typeof REHEARSAL_TABS)[number],
  string
>;

/** Tries the agent before anybody is written to. */
export const RehearsalScreen = () => {
  const [{ tab }, setParams] = useQueryStates(rehearsalParams);
  const mayRehearse = useMay("agent.rehearse");
  if (!mayRehearse) {
    return (
      <Page title="Try Spotter" about="Only managers and owners try the agent. Ask one of them.">
        {null}
      </Page>
    );
  }
  return (
    <Page title="Try Spotter" about="Talk to the agent as a member, keep tests, and run the last days again. Nothing leaves from here.">
      <Panel label="Try Spotter">
        <div className="border-b border-line">
          <Tabs
            label="Ways to try"
            tabs={REHEARSAL_TABS.map((value) => ({ value, label: LABELS[value] }))}
            value={tab}
            panelId={PANEL_ID}
            onChange={(next) => void setParams({ tab: next, run: null })}
          />
        </div>
        <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[tab]}>
          {tab === "chat" ? <ChatTab /> : null}
          {tab === "tests" ? <TestsTab /> : null}
          {tab === "replay" ? <ReplayTab /> : null}
        </div>
      </Panel>
    </Page>
  );
};
