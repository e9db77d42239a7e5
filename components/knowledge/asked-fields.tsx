"use client";

import { useId, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";

import { sentenceOf } from "#components/lib/sentence-of.ts";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { type AskedQuestion, isAskedIn } from "#server/domain/asked-questions.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { splitSentences } from "#server/domain/sentences.ts";

/** For each sentence of the text the ways members ask for it, one a line. */
export const AskedFields = ({ onTouch }: { readonly onTouch?: (() => void) | undefined }) => {
  const { control, formState, setValue } = useFormContext<ArticleContent>();
  const [body, asked] = useWatch({ control, name: ["body", "asked"] });
  // Counts what was moved to another sentence, whose lines are then shown anew.
  const [movedCount, setMovedCount] = useState(0);
  const sentences = [...new Set(splitSentences(body))];
  const gone = asked.filter((question) => !isAskedIn(question, body));
  const write = (next: readonly AskedQuestion[]): void => {
    onTouch?.();
    setValue("asked", [...next], { shouldDirty: true, shouldValidate: formState.isSubmitted });
  };
  const writeLines = (sentence: string, lines: readonly string[]): void => {
    const own = asked.filter((question) => isOf(question, sentence) && isAskedIn(question, body));
    const rest = asked.filter((question) => !own.includes(question));
    write([...rest, ...lines.map((text) => own.find((question) => question.text === text) ?? { text, sentences: [sentence] })]);
  };
  const { asked: errors } = formState.errors;
  const problem = errors?.message ?? errors?.find?.((one) => one !== undefined)?.text?.message;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm font-semibold">Ways members ask this</p>
      <p className="text-xs text-ink-3">
        One question a line, in members’ words. Whoever asks much the same is answered with that sentence at once.
      </p>
      {gone.length === 0 ? null : (
        <Gone
          questions={gone}
          sentences={sentences}
          onMove={(sentence) => {
            write(asked.map((question) => (gone.includes(question) ? { ...question, sentences: [sentence] } : question)));
            setMovedCount(movedCount + 1);
          }}
          onRemove={() => write(asked.filter((question) => !gone.includes(question)))}
        />
      )}
      {sentences.length === 0 ? (
        <p className="text-xs text-ink-3">Write the text first: each of its sentences gets its questions.</p>
      ) : null}
      <ul className="flex flex-col gap-2">
        {sentences.map((sentence) => (
          <SentenceQuestions
            key={`${sentence} ${movedCount}`}
            sentence={sentence}
            questions={asked.filter((question) => isOf(question, sentence) && isAskedIn(question, body))}
            onLines={(lines) => writeLines(sentence, lines)}
          />
        ))}
      </ul>
      {problem === undefined ? null : <p className="text-xs text-bad-ink">{sentenceOf(problem)}</p>}
    </div>
  );
};

/** A question that several sentences answer together stands with the first of them. */
const isOf = ({ sentences }: AskedQuestion, sentence: string): boolean => sentences[0] === sentence;

type SentenceQuestionsProps = {
  readonly sentence: string;
  readonly questions: readonly AskedQuestion[];
  readonly onLines: (lines: readonly string[]) => void;
};

const SentenceQuestions = ({ sentence, questions, onLines }: SentenceQuestionsProps) => {
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
        {sentence}
      </label>
      <TextArea id={id} value={text} onChange={(event) => change(event.target.value)} />
    </li>
  );
};

type GoneProps = {
  readonly questions: readonly AskedQuestion[];
  readonly sentences: readonly string[];
  readonly onMove: (sentence: string) => void;
  readonly onRemove: () => void;
};

/** Questions whose sentence was changed or taken out: until somebody says what answers them now, nothing does. */
const Gone = ({ questions, sentences, onMove, onRemove }: GoneProps) => {
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
        <Button size="sm" kind="quiet" onClick={onRemove}>
          Remove {questions.length === 1 ? "it" : "them"}
        </Button>
      </div>
    </div>
  );
};
