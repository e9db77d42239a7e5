"use client";

import type { ImportView } from "#components/imports/use-import.ts";
import { TitledPanel } from "#components/imports/titled-panel.tsx";
import { Select } from "#components/ui/select.tsx";
import { STATUS_WORDS_MAX_COUNT } from "#server/domain/csv-import.ts";

type WordMeaningsProps<Meaning extends string> = {
  readonly view: ImportView;
  /** The column whose words these are; nothing is asked where no column says it. */
  readonly column: number | undefined;
  /** What the words are, such as `status`. */
  readonly noun: string;
  readonly meanings: readonly Meaning[];
  readonly labels: Readonly<Record<Meaning, string>>;
  readonly words: Readonly<Record<string, Meaning>>;
  readonly onChange: (words: Record<string, Meaning>) => void;
};

/** A word nobody has given a meaning makes its rows be refused, never guessed. */
export const WordMeanings = <Meaning extends string>(props: WordMeaningsProps<Meaning>) => {
  const { view, column, noun, meanings, labels, words, onChange } = props;
  if (column === undefined) {
    return null;
  }
  const found = view.columns[column]?.words ?? [];
  const choose = (word: string, text: string): void => {
    const rest = Object.entries<Meaning>(words).filter(([other]) => other !== word);
    const chosen = meanings.find((each) => each === text);
    onChange(Object.fromEntries(chosen === undefined ? rest : [...rest, [word, chosen]]));
  };
  return (
    <TitledPanel title={`What each ${noun} means`}>
      {found.length > STATUS_WORDS_MAX_COUNT ? (
        <p className="p-4 text-sm text-bad-ink">
          This column holds {found.length} different words: too many to be a {noun}. Choose another.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {found.map((word) => (
            <li key={word} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
              <p className="min-w-0 flex-1 basis-64 truncate text-sm">“{word}”</p>
              <div className="basis-56 max-md:basis-full">
                <Select
                  aria-label={`What the ${noun} “${word}” means`}
                  value={words[word] ?? ""}
                  onChange={(event) => choose(word, event.target.value)}
                >
                  <option value="">Not said: refuse these rows</option>
                  {meanings.map((meaning) => (
                    <option key={meaning} value={meaning}>
                      {labels[meaning]}
                    </option>
                  ))}
                </Select>
              </div>
            </li>
          ))}
        </ul>
      )}
    </TitledPanel>
  );
};
