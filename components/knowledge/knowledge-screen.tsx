"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";

import { ArticleScreen } from "#components/knowledge/article-screen.tsx";
import { ArticlesTab } from "#components/knowledge/articles-tab.tsx";
import { GapsTab } from "#components/knowledge/gaps-tab.tsx";
import { ImportTab } from "#components/knowledge/import-tab.tsx";
import { NewArticleScreen } from "#components/knowledge/new-article-screen.tsx";
import { NoticesTab } from "#components/knowledge/notices-tab.tsx";
import { ProposalsTab } from "#components/knowledge/proposals-tab.tsx";
import { KNOWLEDGE_TABS, knowledgeParams } from "#components/knowledge/search-params.ts";
import { TestBox } from "#components/knowledge/test-box.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

const PANEL_ID = "knowledge-panel";
type Tab = (typeof KNOWLEDGE_TABS)[number];

const LABELS = {
  articles: "Articles",
  gaps: "Gaps",
  proposals: "Proposals",
  notices: "Notices & holidays",
  import: "Import",
} as const satisfies Record<Tab, string>;

/** What Spotter may say, and what it was asked and could not. */
export const KnowledgeScreen = () => {
  const [{ article }, setParams] = useQueryStates(knowledgeParams);
  const close = (): void => void setParams({ article: null });
  const open = (id: string): void => void setParams({ article: id });
  if (article === "new") {
    return <NewArticleScreen onClose={close} onCreated={open} />;
  }
  return article === null ? <Overview onOpen={open} /> : <ArticleScreen key={article} articleId={article} onClose={close} />;
};

const Overview = ({ onOpen }: { readonly onOpen: (articleId: string) => void }) => {
  const [{ tab }, setParams] = useQueryStates(knowledgeParams);
  const mayWrite = useMay("knowledge.write");
  return (
    <Page
      title="Knowledge"
      about="What Spotter may say. It quotes published articles, current notices and your hours, and stays silent on everything else."
      aside={
        mayWrite ? (
          <Button kind="primary" onClick={() => onOpen("new")}>
            Write an article
          </Button>
        ) : null
      }
    >
      <div className="flex flex-col gap-6">
        <TestBox onOpen={onOpen} />
        <Panel label="Knowledge">
          <div className="border-b border-line">
            <KnowledgeTabs tab={tab} onChange={(next) => void setParams({ tab: next })} />
          </div>
          <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[tab]}>
            {tab === "articles" ? <ArticlesTab onOpen={onOpen} /> : null}
            {tab === "gaps" ? <GapsTab onOpen={onOpen} /> : null}
            {tab === "proposals" ? <ProposalsTab onOpen={onOpen} /> : null}
            {tab === "notices" ? <NoticesTab /> : null}
            {tab === "import" ? <ImportTab onOpen={onOpen} /> : null}
          </div>
        </Panel>
      </div>
    </Page>
  );
};

const KnowledgeTabs = ({ tab, onChange }: { readonly tab: Tab; readonly onChange: (tab: Tab) => void }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const gaps = useQuery(trpc.knowledge.gaps.queryOptions({ clubId }));
  const proposals = useQuery(trpc.knowledge.list.queryOptions({ clubId, state: "proposed" }));
  const days = useQuery(trpc.notices.specialDays.queryOptions({ clubId }));
  const counts: Partial<Record<Tab, number>> = {
    gaps: gaps.data?.length ?? 0,
    proposals: proposals.data?.length ?? 0,
    notices: days.data?.filter(({ status }) => status === "asked").length ?? 0,
  };
  return (
    <Tabs
      label="Parts of the knowledge"
      value={tab}
      panelId={PANEL_ID}
      onChange={onChange}
      tabs={KNOWLEDGE_TABS.map((value) => ({
        value,
        label: LABELS[value],
        badge: (counts[value] ?? 0) === 0 ? null : <span className="font-normal text-ink-3 tabular-nums">{counts[value]}</span>,
      }))}
    />
  );
};
