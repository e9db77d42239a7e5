"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { BookOpen, OctagonPause, Search } from "lucide-react";
import { useQueryStates } from "nuqs";

import { ConflictCards } from "#components/knowledge/conflict-cards.tsx";
import { SOURCE_LABELS, STATUS_LABELS, type ArticleItem } from "#components/knowledge/knowledge-types.ts";
import { UnaskedLine } from "#components/knowledge/unasked-line.tsx";
import { ARTICLE_STATES, knowledgeParams } from "#components/knowledge/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { formatCalendarDate } from "#components/lib/format.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { typedSearch } from "#components/lib/typed-search.ts";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

type State = (typeof ARTICLE_STATES)[number];

const STATES = {
  all: { label: "All", nobody: "No articles yet" },
  published: { label: "Published", nobody: "Nothing is published" },
  draft: { label: "Drafts", nobody: "No drafts" },
  unasked: { label: "No questions", nobody: "Every published article has questions" },
  stopped: { label: "Stopped", nobody: "Nothing is stopped" },
  archived: { label: "Archived", nobody: "Nothing is archived" },
} as const satisfies Record<State, { readonly label: string; readonly nobody: string }>;

type OnOpen = { readonly onOpen: (articleId: string) => void };

export const ArticlesTab = ({ onOpen }: OnOpen) => {
  const { id: clubId } = useClub();
  const [{ state, search }, setParams] = useQueryStates(knowledgeParams);
  const articles = useQuery(useTRPC().knowledge.list.queryOptions({ clubId, state, search }, { placeholderData: keepPreviousData }));
  return (
    <>
      <ConflictCards onOpen={onOpen} />
      <UnaskedLine onOpen={onOpen} onShowAll={state === "unasked" ? null : () => void setParams({ state: "unasked", search: "" })} />
      <div className="flex flex-wrap items-center gap-3 border-b border-line p-3">
        <div role="search" className="relative min-w-0 flex-1 basis-60">
          <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3 pointer-coarse:top-3" />
          <Input
            type="search"
            aria-label="Search articles"
            placeholder="Search title and text"
            value={search}
            {...typedSearch(setParams)}
            className="pl-8"
          />
        </div>
        <div className="max-w-full overflow-x-auto *:min-w-max">
          <SegmentedControl
            label="State"
            options={ARTICLE_STATES.map((value) => ({ value, label: STATES[value].label }))}
            value={state}
            onChange={(next) => void setParams({ state: next })}
          />
        </div>
      </div>
      {articles.isPending ? <SkeletonRows count={6} label="Loading articles" /> : null}
      {articles.isError && articles.data === undefined ? (
        <ErrorState error={articles.error} onRetry={() => void articles.refetch()} />
      ) : null}
      {articles.data?.length === 0 ? <NoArticles state={state} search={search} /> : null}
      <ul className="divide-y divide-line">
        {articles.data?.map((article) => (
          <ArticleLine key={article.id} article={article} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
};

const ArticleLine = ({ article, onOpen }: OnOpen & { readonly article: ArticleItem }) => (
  <li>
    <button
      type="button"
      onClick={() => onOpen(article.id)}
      className="flex w-full flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3 text-left transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
    >
      <span className="min-w-0 flex-1 basis-64">
        <span className="block truncate text-base font-semibold">{article.title}</span>
        <span className="block truncate text-sm text-ink-2">{article.preview === "" ? `${article.factCount} facts` : article.preview}</span>
      </span>
      <span className="flex flex-wrap items-center gap-1.5">
        <StoppedChip article={article} />
        {article.status === "published" && article.askedCount === 0 ? <Chip tone="outline">No questions yet</Chip> : null}
        {article.scope === "franchise" ? <Chip tone="outline">All clubs</Chip> : null}
        {article.source === "written" || article.source === "demo" ? null : <Chip tone="outline">{SOURCE_LABELS[article.source]}</Chip>}
        {article.validUntilOn === null ? null : <Chip tone="outline">until {formatCalendarDate(article.validUntilOn)}</Chip>}
        <Chip tone={STATUS_LABELS[article.status].tone}>{STATUS_LABELS[article.status].label}</Chip>
      </span>
      <span className="w-16 text-right text-xs text-ink-3 tabular-nums max-md:hidden">
        <RelativeTime at={article.updatedAt} />
      </span>
    </button>
  </li>
);

const StoppedChip = ({ article: { isStopped, stoppedFactCount } }: { readonly article: ArticleItem }) => {
  if (!isStopped && stoppedFactCount === 0) {
    return null;
  }
  return (
    <Chip tone="bad" icon={<OctagonPause aria-hidden="true" />}>
      {isStopped ? "Stopped" : `${stoppedFactCount} ${stoppedFactCount === 1 ? "fact" : "facts"} stopped`}
    </Chip>
  );
};

const NoArticles = ({ state, search }: { readonly state: State; readonly search: string }) =>
  search === "" ? (
    <EmptyState icon={<BookOpen />} title={STATES[state].nobody}>
      {state === "all"
        ? "Write the first one, or import a page of your website. Spotter says nothing that does not stand here."
        : "Choose another state above."}
    </EmptyState>
  ) : (
    <EmptyState icon={<Search />} title="Nothing found">
      No article in “{STATES[state].label}” has “{search}” in it.
    </EmptyState>
  );
