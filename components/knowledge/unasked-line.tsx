"use client";

import { useQuery } from "@tanstack/react-query";

import { ASKED_ANCHOR } from "#components/knowledge/form-words.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";

const LINE = "flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-ink-2";

type UnaskedLineProps = {
  readonly onOpen: (articleId: string) => void;
  /** `null` = they are shown already. */
  readonly onShowAll: (() => void) | null;
};

/** Published articles that nobody has written questions for, for whoever may change that. The newest one is named. */
export const UnaskedLine = ({ onOpen, onShowAll }: UnaskedLineProps) => {
  const { id: clubId } = useClub();
  const mayWrite = useMay("knowledge.write");
  const mayShare = useMay("knowledge.share");
  const unasked = useQuery(useTRPC().knowledge.list.queryOptions({ clubId, state: "unasked" }, { enabled: mayWrite }));
  const articles = (unasked.data ?? []).filter(({ scope }) => scope === "club" || mayShare);
  const newest = articles.toSorted((left, right) => right.updatedAt.getTime() - left.updatedAt.getTime())[0];
  return newest === undefined ? null : (
    <div className={`${LINE} border-b border-line px-4 py-3`}>
      <SpotterGlyph className="size-4 shrink-0 text-spotter-ink" />
      <p className="min-w-0 flex-1 basis-64">
        {articles.length === 1
          ? `“${newest.title}” is published and has no questions yet.`
          : `${articles.length} published articles have no questions yet, the newest is “${newest.title}”.`}{" "}
        With them Spotter answers more members at once.
      </p>
      <Button size="sm" onClick={() => onOpen(newest.id)}>
        Add questions
      </Button>
      {articles.length === 1 || onShowAll === null ? null : (
        <Button size="sm" kind="quiet" onClick={onShowAll}>
          Show all {articles.length}
        </Button>
      )}
    </div>
  );
};

/** The same on the page of such an article. */
export const UnaskedNote = () => (
  <div className={`${LINE} rounded-card border border-line px-4 py-3`}>
    <SpotterGlyph className="size-4 shrink-0 text-spotter-ink" />
    <p className="min-w-0 flex-1 basis-64">This article has no questions yet. With them Spotter answers more members at once.</p>
    <a href={`#${ASKED_ANCHOR}`} className={buttonStyles({ size: "sm" })}>
      Add questions
    </a>
  </div>
);
