"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";

/** Articles that cannot both be right. Nothing is shown while they agree. */
export const ConflictCards = ({ onOpen }: { readonly onOpen: (articleId: string) => void }) => {
  const { id: clubId } = useClub();
  const conflicts = useQuery(useTRPC().knowledge.conflicts.queryOptions({ clubId }));
  if (conflicts.data === undefined || conflicts.data.length === 0) {
    return null;
  }
  return (
    <ul aria-label="Articles that disagree" className="divide-y divide-line border-b border-line bg-warn-tint">
      {conflicts.data.map(({ about, sides }) => (
        <li key={sides.map(({ articleId, says }) => `${articleId}:${says}`).join("|")} className="flex gap-3 px-4 py-3 text-warn-ink">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <div className="min-w-0 flex-1 text-sm">
            <p className="font-semibold">Two answers: {about}</p>
            {sides.map(({ articleId, title, says }) => (
              <p key={articleId}>
                {articleId.startsWith("kb_") ? (
                  <button type="button" onClick={() => onOpen(articleId)} className="underline underline-offset-2">
                    {title}
                  </button>
                ) : (
                  <span>{title} (your settings)</span>
                )}
                : {says}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
};
