import { ArrowRight } from "lucide-react";

import type { PolicyDifference } from "#server/domain/policy-diff.ts";

type ChangeListProps = { readonly differences: readonly PolicyDifference[]; readonly nothing: string };

/** What becomes of each setting, one a line. */
export const ChangeList = ({ differences, nothing }: ChangeListProps) =>
  differences.length === 0 ? (
    <p className="text-sm text-ink-3">{nothing}</p>
  ) : (
    <ul className="flex flex-col gap-1.5 text-sm">
      {differences.map(({ path, label, from, to }) => (
        <li key={`${path} ${label}`} className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold">{label}</span>
          <span className="min-w-0 break-words text-ink-3">
            <span className="sr-only">from </span>
            {shortened(from)}
          </span>
          <ArrowRight aria-hidden="true" className="size-3 shrink-0 self-center text-ink-3" />
          <span className="min-w-0 break-words">
            <span className="sr-only">to </span>
            {shortened(to)}
          </span>
        </li>
      ))}
    </ul>
  );

/** A personality is a page long; the line says that it changed. */
const SHOWN_MAX_CHARACTERS = 160;
const shortened = (words: string): string => (words.length > SHOWN_MAX_CHARACTERS ? `${words.slice(0, SHOWN_MAX_CHARACTERS)}…` : words);
