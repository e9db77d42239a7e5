"use client";

import { useFormContext } from "react-hook-form";

import { ASKED_ANCHOR } from "#components/knowledge/form-words.ts";
import { GoneQuestions } from "#components/knowledge/gone-questions.tsx";
import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { QuestionLines } from "#components/knowledge/question-lines.tsx";
import { SuggestQuestions } from "#components/knowledge/suggest-questions.tsx";
import { useAsked } from "#components/knowledge/use-asked.ts";
import { sentenceOf } from "#components/lib/sentence-of.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";

type AskedFieldsProps = {
  /** `null` = it is not stored yet. */
  readonly stored: Pick<ArticleDetail, "id"> | null;
  readonly onTouch?: (() => void) | undefined;
};

/** For each sentence of the text the ways members ask for it, one a line, and what they ask that it does not say. */
export const AskedFields = ({ stored, onTouch }: AskedFieldsProps) => {
  const { formState } = useFormContext<ArticleContent>();
  const asked = useAsked(onTouch);
  const { asked: errors } = formState.errors;
  const problem = errors?.message ?? errors?.find?.((one) => one !== undefined)?.text?.message;
  return (
    <div id={ASKED_ANCHOR} className="flex scroll-mt-4 flex-col gap-2">
      <p className="text-sm font-semibold">Ways members ask this</p>
      <p className="text-xs text-ink-3">
        One question a line, in members’ words. Whoever asks much the same is answered with that sentence at once.
      </p>
      {asked.gone.length === 0 ? null : (
        <GoneQuestions questions={asked.gone} sentences={asked.sentences} onMove={asked.moveGone} onRemove={asked.removeGone} />
      )}
      {asked.sentences.length === 0 ? (
        <p className="text-xs text-ink-3">Write the text first: each of its sentences gets its questions.</p>
      ) : stored === null ? (
        <p className="text-xs text-ink-3">Once this is saved as a draft, Spotter can suggest questions.</p>
      ) : (
        <SuggestQuestions
          article={stored}
          suggestedCount={asked.suggestedCount}
          onSuggested={asked.suggest}
          onLeaveOutAll={() => asked.leaveOut(() => true)}
        />
      )}
      <ul className="flex flex-col gap-2">
        {[...asked.sentences, null].map((sentence) => (
          <QuestionLines
            key={`${sentence ?? ""} ${asked.movedCount}`}
            label={sentence ?? "Asked, and not answered here"}
            {...(sentence === null ? { hint: UNANSWERED_HINT } : {})}
            questions={asked.writtenAt(sentence)}
            suggested={asked.suggestedAt(sentence)}
            onLines={(lines) => asked.writeLines(sentence, lines)}
            onLeaveOut={(left) => asked.leaveOut(({ text }) => text === left.text)}
          />
        ))}
      </ul>
      {problem === undefined ? null : <p className="text-xs text-bad-ink">{sentenceOf(problem)}</p>}
    </div>
  );
};

const UNANSWERED_HINT =
  "Questions that sound like this article and that nothing in it answers. Spotter does not answer them from it: a person or the model does.";
