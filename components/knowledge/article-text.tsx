"use client";

import { AskedList } from "#components/knowledge/asked-list.tsx";
import { TranslationList } from "#components/knowledge/translation-list.tsx";
import { FactStop } from "#components/knowledge/fact-stop.tsx";
import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { formatCalendarDate } from "#components/lib/format.ts";
import type { Fact } from "#server/domain/knowledge.ts";

type ArticleTextProps = { readonly article: ArticleDetail; readonly onStop: (fact: Fact) => void };

/** An article for whoever may not change it, or while it is archived. */
export const ArticleText = ({ article, onStop }: ArticleTextProps) => (
  <div className="flex flex-col gap-4 p-4">
    <p className="text-sm text-ink-3">{whyLocked(article)}</p>
    <p className="max-w-[72ch] text-base whitespace-pre-wrap">{article.body}</p>
    <p className="text-sm text-ink-2">{datesOf(article)}</p>
    {article.facts.length === 0 ? null : (
      <ul aria-label="Facts" className="flex flex-col gap-2">
        {article.facts.map((fact) => (
          <li key={fact.id} className="flex flex-col gap-1 rounded-card border border-line p-3 text-sm">
            <span>
              {fact.label}: <span className="font-semibold">{fact.value}</span> <span className="text-ink-3">{datesOf(fact)}</span>
            </span>
            <FactStop fact={fact} onStop={onStop} />
          </li>
        ))}
      </ul>
    )}
    {article.asked.length === 0 ? null : <AskedList asked={article.asked} body={article.body} />}
    {article.translations.length === 0 ? null : <TranslationList translations={article.translations} body={article.body} />}
  </div>
);

const datesOf = ({ validFromOn, validUntilOn }: Pick<Fact, "validFromOn" | "validUntilOn">): string =>
  [
    validFromOn === null ? "" : `from ${formatCalendarDate(validFromOn)}`,
    validUntilOn === null ? "" : `until ${formatCalendarDate(validUntilOn)}`,
  ]
    .filter((part) => part !== "")
    .join(" ");

const whyLocked = ({ status, scope, isEditable }: ArticleDetail): string => {
  if (status === "archived" && isEditable) {
    return "This article is archived. Publish it again to change it.";
  }
  return scope === "franchise"
    ? "This article belongs to the franchise: an owner changes it. What is wrong in it you can stop at once."
    : "A manager changes articles. What is wrong in this one you can stop at once.";
};
