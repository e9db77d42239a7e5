"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";

import { IconButton } from "#components/ui/icon-button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { AskedQuestion } from "#server/domain/asked-questions.ts";

type QuestionLinesProps = {
  readonly label: string;
  readonly hint?: string;
  /** What people wrote. */
  readonly questions: readonly AskedQuestion[];
  readonly suggested: readonly AskedQuestion[];
  readonly onLines: (lines: readonly string[]) => void;
  readonly onLeaveOut: (question: AskedQuestion) => void;
};

/** The questions of one sentence, or of none, one a line; below them what Spotter suggests, until it is saved. */
export const QuestionLines = ({ label, hint, questions, suggested, onLines, onLeaveOut }: QuestionLinesProps) => {
  const id = useId();
  // An empty line is no question yet, but must stay while somebody types.
  const [text, setText] = useState(() => questions.map((question) => question.text).join("\n"));
  const change = (next: string): void => {
    setText(next);
    onLines([
      ...new Set(
        next
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== ""),
      ),
    ]);
  };
  return (
    <li className="flex flex-col gap-1.5 rounded-card border border-line p-3">
      <label htmlFor={id} className="text-sm break-words text-ink-2">
        {label}
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {hint}
        </p>
      )}
      <TextArea
        id={id}
        value={text}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => change(event.target.value)}
      />
      {suggested.length === 0 ? null : <Suggested label={label} questions={suggested} onLeaveOut={onLeaveOut} />}
    </li>
  );
};

type SuggestedProps = {
  readonly label: string;
  readonly questions: readonly AskedQuestion[];
  readonly onLeaveOut: (question: AskedQuestion) => void;
};

const Suggested = ({ label, questions, onLeaveOut }: SuggestedProps) => (
  <div className="flex flex-col gap-1.5 rounded-control border border-dashed border-spotter-solid bg-spotter-tint/60 p-2">
    <p className="flex items-center gap-1.5 text-xs text-spotter-ink">
      <SpotterGlyph className="size-3.5" />
      Suggested by Spotter, not saved yet
    </p>
    <ul aria-label={`Suggested for: ${label}`} className="flex flex-wrap gap-1.5">
      {questions.map((question) => (
        <li
          key={question.text}
          className="flex max-w-full items-center rounded-control border border-line bg-raised pl-2 text-sm pointer-coarse:pl-3"
        >
          <span className="min-w-0 py-0.5 break-words">{question.text}</span>
          <IconButton label={`Leave out “${question.text}”`} onClick={() => onLeaveOut(question)} className="size-6 [&_svg]:size-3.5">
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
  </div>
);
