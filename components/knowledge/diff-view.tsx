import { cn } from "#components/lib/cn.ts";
import { isUnanswered } from "#server/domain/asked-questions.ts";
import type { ArticleDiff, DiffPart } from "#server/domain/knowledge-diff.ts";
import { languageName } from "#server/domain/translation.ts";
import type { Fact } from "#server/domain/knowledge.ts";

/** What went and what came. The marks are text as well as colour, and are read aloud. */
export const DiffView = ({ diff }: { readonly diff: ArticleDiff }) => (
  <div className="flex flex-col gap-3 text-sm">
    <p className="font-semibold">
      <Parts parts={diff.title.filter(({ text }) => text !== "")} />
    </p>
    <p className="max-w-[72ch] whitespace-pre-wrap">
      <Parts parts={diff.body} />
    </p>
    {diff.facts.length === 0 ? null : (
      <ul aria-label="Facts" className="flex flex-col gap-1">
        {diff.facts.map(({ before, after }) => (
          <li key={(after ?? before)?.id}>
            {before === null ? null : <Part kind="removed">{factText(before)}</Part>}{" "}
            {after === null ? null : <Part kind="added">{factText(after)}</Part>}
          </li>
        ))}
      </ul>
    )}
    {diff.asked.length === 0 ? null : (
      <ul aria-label="Ways members ask this" className="flex flex-col gap-1">
        {diff.asked.map(({ asked, kind }) => (
          <li key={`${kind} ${asked.text} ${asked.sentences.join(" ")}`}>
            <Part kind={kind}>{isUnanswered(asked) ? `${asked.text} (not answered here)` : asked.text}</Part>
          </li>
        ))}
      </ul>
    )}
    {diff.translations.length === 0 ? null : (
      <ul aria-label="Translations" className="flex flex-col gap-1">
        {diff.translations.map(({ kind, translation }) => (
          <li key={`${kind} ${translation.language} ${translation.sentence}`}>
            {languageName(translation.language)}, “{translation.sentence}”:{" "}
            <span lang={translation.language}>
              <Part kind={kind}>{translation.text}</Part>
            </span>
          </li>
        ))}
      </ul>
    )}
  </div>
);

export const Parts = ({ parts }: { readonly parts: readonly DiffPart[] }) =>
  keyed(parts).map(({ key, kind, text }) =>
    kind === "same" ? (
      <span key={key}>{text}</span>
    ) : (
      <Part key={key} kind={kind}>
        {text}
      </Part>
    ),
  );

/** A part is known by where it begins. */
const keyed = (parts: readonly DiffPart[]): readonly (DiffPart & { readonly key: string })[] => {
  let offset = 0;
  return parts.map((part) => {
    const key = `${offset}-${part.kind}`;
    offset += part.text.length;
    return { ...part, key };
  });
};

const Part = ({ kind, children }: { readonly kind: "added" | "removed"; readonly children: string }) => {
  const Mark = kind === "added" ? "ins" : "del";
  return (
    <Mark className={cn("rounded-[3px] px-0.5", kind === "added" ? "bg-good-tint text-good-ink no-underline" : "bg-bad-tint text-bad-ink")}>
      {children}
    </Mark>
  );
};

const factText = ({ label, value, validFromOn, validUntilOn }: Fact): string =>
  [`${label}: ${value}`, validFromOn === null ? "" : `from ${validFromOn}`, validUntilOn === null ? "" : `until ${validUntilOn}`]
    .filter((part) => part !== "")
    .join(", ");
