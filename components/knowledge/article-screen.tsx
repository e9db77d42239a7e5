"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";

import { ArticleActions } from "#components/knowledge/article-actions.tsx";
import { ArticleForm } from "#components/knowledge/article-form.tsx";
import { ArticleText } from "#components/knowledge/article-text.tsx";
import { HistoryPanel } from "#components/knowledge/history-panel.tsx";
import { SOURCE_LABELS, STATUS_LABELS, type ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { StopDialog } from "#components/knowledge/stop-dialog.tsx";
import { StoppedNote } from "#components/knowledge/stopped-note.tsx";
import { TestBox } from "#components/knowledge/test-box.tsx";
import { ToldPanel } from "#components/knowledge/told-panel.tsx";
import { UnaskedNote } from "#components/knowledge/unasked-line.tsx";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { asId } from "#server/domain/ids.ts";
import type { ArticleContent, Fact } from "#server/domain/knowledge.ts";

type ArticleScreenProps = { readonly articleId: string; readonly onClose: () => void };

/** One article: what it says, whether it may be said, who was told it, and how it came to be so. */
export const ArticleScreen = ({ articleId, onClose }: ArticleScreenProps) => {
  const { id: clubId } = useClub();
  const article = useQuery(
    useTRPC().knowledge.get.queryOptions({ clubId, articleId: articleId.startsWith("kb_") ? asId("knowledgeArticle", articleId) : "kb_" }),
  );
  return (
    <Page
      title={article.data?.title ?? "Article"}
      about={article.data === undefined ? "One moment." : aboutOf(article.data)}
      aside={<Back onClose={onClose} />}
    >
      {article.isPending ? <SkeletonRows count={6} label="Loading the article" /> : null}
      {article.isError && article.data === undefined ? <ErrorState error={article.error} onRetry={() => void article.refetch()} /> : null}
      {article.data === undefined ? null : <Opened article={article.data} onClose={onClose} />}
    </Page>
  );
};

export const Back = ({ onClose }: { readonly onClose: () => void }) => (
  <Button kind="quiet" onClick={onClose}>
    <ArrowLeft aria-hidden="true" />
    All articles
  </Button>
);

const aboutOf = ({ scope, source, sourceUrl, version }: ArticleDetail): string =>
  [
    SOURCE_LABELS[source] + (sourceUrl === null ? "" : ` (${sourceUrl})`),
    `version ${version}`,
    scope === "franchise" ? "for all clubs of the franchise" : "for this club",
  ].join(" · ");

const Opened = ({ article, onClose }: { readonly article: ArticleDetail; readonly onClose: () => void }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  // What somebody is typing stays, also when a colleague saves meanwhile.
  const [held, setHeld] = useState<ArticleDetail | null>(null);
  const shown = held ?? article;
  const [stopping, setStopping] = useState<Fact | null>(null);
  const saving = useKnowledgeChange({
    change: (content: ArticleContent) => client.knowledge.update.mutate({ clubId, articleId: shown.id, version: shown.version, content }),
    done: article.status === "published" ? "Saved. Spotter says it from now on" : "Saved",
  });
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-6">
        <StoppedNote article={article} />
        {held !== null && held.version !== article.version ? <NewerNote version={article.version} onShow={() => setHeld(null)} /> : null}
        {article.isEditable && article.status === "published" && article.asked.length === 0 ? <UnaskedNote /> : null}
        <Panel label="The article">
          {article.isEditable && article.status !== "archived" ? (
            <ArticleForm
              key={shown.version}
              initial={{ ...shown, facts: [...shown.facts], asked: [...shown.asked], translations: [...shown.translations] }}
              stored={article}
              isBusy={saving.isPending}
              submitLabel={article.status === "published" ? "Save, live at once" : "Save draft"}
              onTouch={() => setHeld((before) => before ?? article)}
              onStop={setStopping}
              onSubmit={(content) => saving.mutate(content, { onSuccess: () => setHeld(null) })}
            />
          ) : (
            <ArticleText article={article} onStop={setStopping} />
          )}
        </Panel>
        <TestBox />
        <ToldPanel article={article} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Panel label="State">
          <div className="flex flex-col gap-3 p-4">
            <div className="flex flex-wrap gap-1.5">
              <Chip tone={STATUS_LABELS[article.status].tone}>{STATUS_LABELS[article.status].label}</Chip>
              {article.stop === null ? null : <Chip tone="bad">Stopped</Chip>}
            </div>
            <ArticleActions article={article} isTouched={held !== null} onGone={onClose} />
          </div>
        </Panel>
        <HistoryPanel article={article} />
      </div>
      {stopping === null ? null : <StopDialog article={article} fact={stopping} onClose={() => setStopping(null)} />}
    </div>
  );
};

const NewerNote = ({ version, onShow }: { readonly version: number; readonly onShow: () => void }) => (
  <div
    role="status"
    className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-warn-tint px-4 py-3 text-sm text-warn-ink"
  >
    <p className="min-w-0 flex-1 basis-64">
      Somebody saved version {version} meanwhile. What you typed is still here and cannot be saved over it.
    </p>
    <Button size="sm" onClick={onShow}>
      Show the newest version
    </Button>
  </div>
);
