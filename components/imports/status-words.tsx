"use client";

import { MEANING_LABELS } from "#components/imports/import-words.ts";
import { Select } from "#components/ui/select.tsx";
import { STATUS_WORDS_MAX_COUNT, WORD_MEANINGS, type MemberMapping } from "#server/domain/csv-import.ts";

type StatusWordsProps = {
  readonly words: readonly string[];
  readonly mapping: MemberMapping;
  readonly onChange: (mapping: MemberMapping) => void;
};

/** A word nobody has given a meaning makes its rows be refused, never guessed. */
export const StatusWords = ({ words, mapping, onChange }: StatusWordsProps) => {
  if (words.length > STATUS_WORDS_MAX_COUNT) {
    return (
      <p className="p-4 text-sm text-bad-ink">This column holds {words.length} different words: too many to be a status. Choose another.</p>
    );
  }
  const choose = (word: string, meaning: string): void => {
    const rest = Object.entries(mapping.statusWords).filter(([other]) => other !== word);
    const chosen = WORD_MEANINGS.find((each) => each === meaning);
    onChange({ ...mapping, statusWords: Object.fromEntries(chosen === undefined ? rest : [...rest, [word, chosen]]) });
  };
  return (
    <ul className="divide-y divide-line">
      {words.map((word) => (
        <li key={word} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
          <p className="min-w-0 flex-1 basis-64 truncate text-sm">“{word}”</p>
          <div className="basis-56 max-md:basis-full">
            <Select
              aria-label={`What “${word}” means`}
              value={mapping.statusWords[word] ?? ""}
              onChange={(event) => choose(word, event.target.value)}
            >
              <option value="">Not said: refuse these rows</option>
              {WORD_MEANINGS.map((meaning) => (
                <option key={meaning} value={meaning}>
                  {MEANING_LABELS[meaning]}
                </option>
              ))}
            </Select>
          </div>
        </li>
      ))}
    </ul>
  );
};
