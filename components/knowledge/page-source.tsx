"use client";

import { useMutation } from "@tanstack/react-query";

import { Parts } from "#components/knowledge/diff-view.tsx";
import type { RereadPage } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";

type PageSourceProps = { readonly url: string; readonly articleCount: number; readonly onOpen: (articleId: string) => void };

/** A page that was read before: read again, it shows what has changed, to be taken over or left. */
export const PageSource = ({ url, articleCount, onOpen }: PageSourceProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const reread = useMutation({ mutationFn: () => client.knowledge.rereadPage.mutate({ clubId, url }) });
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line p-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-48">
          <span className="block truncate text-sm">{url}</span>
          <span className="block text-xs text-ink-3">
            {articleCount} {articleCount === 1 ? "article" : "articles"}
          </span>
        </p>
        <Button size="sm" isBusy={reread.isPending} onClick={() => reread.mutate()} aria-label={`Read ${url} again`}>
          Read again
        </Button>
      </div>
      {reread.isError ? <p className="text-sm text-bad-ink">{describeFailure(reread.error).title}</p> : null}
      {reread.data === undefined ? null : <Differences url={url} found={reread.data} onOpen={onOpen} onTaken={() => reread.mutate()} />}
    </li>
  );
};

type DifferencesProps = {
  readonly url: string;
  readonly found: RereadPage;
  readonly onOpen: (articleId: string) => void;
  readonly onTaken: () => void;
};

const Differences = ({ url, found, onOpen, onTaken }: DifferencesProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const adding = useKnowledgeChange({
    change: () => client.knowledge.importPage.mutate({ clubId, url }),
    done: "The new sections are drafts",
  });
  if (found.changed.length + found.added.length + found.gone.length === 0) {
    return <p className="text-sm text-ink-2">Nothing has changed.</p>;
  }
  return (
    <ul className="flex flex-col gap-3 border-t border-line pt-3 text-sm">
      {found.changed.map((change) => (
        <ChangedSection key={change.articleId} change={change} onTaken={onTaken} />
      ))}
      {found.added.length === 0 ? null : (
        <li className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1">New on the page: {found.added.map(({ title }) => title).join(", ")}</p>
          <Button size="sm" isBusy={adding.isPending} onClick={() => adding.mutate(undefined, { onSuccess: onTaken })}>
            Add as drafts
          </Button>
        </li>
      )}
      {found.gone.map(({ articleId, title }) => (
        <li key={articleId}>
          No longer on the page:{" "}
          <button type="button" onClick={() => onOpen(articleId)} className="underline underline-offset-2">
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
};

type ChangedSectionProps = { readonly change: RereadPage["changed"][number]; readonly onTaken: () => void };

const ChangedSection = ({ change, onTaken }: ChangedSectionProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const taking = useKnowledgeChange({
    change: async () => {
      const { title, facts, asked, translations, validFromOn, validUntilOn } = await client.knowledge.get.query({
        clubId,
        articleId: change.articleId,
      });
      const content = {
        title,
        facts: [...facts],
        asked: [...asked],
        translations: [...translations],
        validFromOn,
        validUntilOn,
        body: change.body,
      };
      return client.knowledge.update.mutate({ clubId, articleId: change.articleId, version: change.version, content });
    },
    done: `“${change.title}” reads as the page does`,
  });
  return (
    <li className="flex flex-col gap-1.5">
      <p className="font-semibold">{change.title}</p>
      <p className="max-w-[72ch] whitespace-pre-wrap">
        <Parts parts={change.diff} />
      </p>
      <Button size="sm" className="self-start" isBusy={taking.isPending} onClick={() => taking.mutate(undefined, { onSuccess: onTaken })}>
        Take it over
      </Button>
    </li>
  );
};
