"use client";

import { useState } from "react";

import { DiffView } from "#components/knowledge/diff-view.tsx";
import { SOURCE_LABELS, STATUS_LABELS, type ArticleDetail, type ArticleVersion } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { diffVersions, hasChanges } from "#server/domain/knowledge-diff.ts";

/** Every version there was. One is looked at beside the one before it, and may become the newest again. */
export const HistoryPanel = ({ article }: { readonly article: ArticleDetail }) => {
  const [opened, setOpened] = useState<ArticleVersion | null>(null);
  return (
    <Panel label="Versions">
      <h2 className="border-b border-line px-4 py-2.5 text-sm font-semibold">Versions</h2>
      <ul className="divide-y divide-line">
        {article.versions.map((version) => (
          <li key={version.version}>
            <button
              type="button"
              onClick={() => setOpened(version)}
              className="flex w-full items-baseline gap-3 px-4 py-2.5 text-left text-sm transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
            >
              <span className="font-semibold tabular-nums">{version.version}</span>
              <span className="min-w-0 flex-1 truncate text-ink-2">
                {version.changedBy ?? (article.source === "demo" ? SOURCE_LABELS.demo : "Spotter")}
                {version.version === article.version ? " · now" : ""}
              </span>
              <RelativeTime at={version.createdAt} className="text-xs text-ink-3 tabular-nums" />
            </button>
          </li>
        ))}
      </ul>
      {opened === null ? null : <VersionDialog article={article} version={opened} onClose={() => setOpened(null)} />}
    </Panel>
  );
};

type VersionDialogProps = { readonly article: ArticleDetail; readonly version: ArticleVersion; readonly onClose: () => void };

const VersionDialog = ({ article, version, onClose }: VersionDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const restore = useKnowledgeChange({
    change: () =>
      client.knowledge.restore.mutate({ clubId, articleId: article.id, version: article.version, restoredVersion: version.version }),
    done: `The words of version ${version.version} are back`,
  });
  const before = article.versions.find((other) => other.version === version.version - 1);
  const diff = diffVersions(before ?? NOTHING, version);
  const isNow = version.version === article.version;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Version ${version.version}`}
      description={`${STATUS_LABELS[version.status].label}. ${before === undefined ? "The first one." : "What changed from the version before it:"}`}
    >
      {before !== undefined && !hasChanges(diff) ? (
        <p className="text-sm text-ink-2">
          The words stayed; the state changed from {STATUS_LABELS[before.status].label} to {STATUS_LABELS[version.status].label}.
        </p>
      ) : (
        <DiffView diff={diff} />
      )}
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Close
        </Button>
        {isNow || !article.isEditable ? null : (
          <Button size="lg" kind="primary" isBusy={restore.isPending} onClick={() => restore.mutate(undefined, { onSuccess: onClose })}>
            Restore these words
          </Button>
        )}
      </div>
    </Dialog>
  );
};

const NOTHING = { title: "", body: "", facts: [], asked: [], translations: [] } as const;
