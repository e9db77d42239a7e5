"use client";

import { useId, useState } from "react";

import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import type { AskedQuestion } from "#server/domain/asked-questions.ts";

type GoneProps = {
  readonly questions: readonly AskedQuestion[];
  readonly sentences: readonly string[];
  /** `null` = nothing in the text answers them any more. */
  readonly onMove: (sentence: string | null) => void;
  readonly onRemove: () => void;
};

/** Questions whose sentence was changed or taken out: until somebody says what answers them now, nothing does. */
export const GoneQuestions = ({ questions, sentences, onMove, onRemove }: GoneProps) => {
  const id = useId();
  const [chosen, setChosen] = useState("");
  const sentence = sentences.includes(chosen) ? chosen : (sentences[0] ?? "");
  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-warn-tint p-3 text-sm text-warn-ink">
      <p>
        {questions.length === 1 ? "The sentence that answered this question" : "The sentences that answered these questions"} no longer{" "}
        {questions.length === 1 ? "stands" : "stand"} in the text. Spotter does not use {questions.length === 1 ? "it" : "them"}:
      </p>
      <ul aria-label="Questions that nothing answers" className="list-disc pl-5">
        {questions.map(({ sentences: before, text }) => (
          <li key={`${text} ${before.join(" ")}`} className="break-words">
            {text}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-end gap-2">
        <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
          <label htmlFor={id} className="text-xs">
            Answered now by
          </label>
          <Select id={id} value={sentence} onChange={(event) => setChosen(event.target.value)}>
            {sentences.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        </div>
        <Button size="sm" disabled={sentence === ""} onClick={() => onMove(sentence)}>
          Use this sentence
        </Button>
        <Button size="sm" onClick={() => onMove(null)}>
          Not answered here
        </Button>
        <Button size="sm" kind="quiet" onClick={onRemove}>
          Remove {questions.length === 1 ? "it" : "them"}
        </Button>
      </div>
    </div>
  );
};
