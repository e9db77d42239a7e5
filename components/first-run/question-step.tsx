"use client";

import { Check, Minus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";

import { ArticleQuestion } from "#components/first-run/article-question.tsx";
import type { FirstRun } from "#components/first-run/first-run-types.ts";
import { HoursQuestion } from "#components/first-run/hours-question.tsx";
import { QUESTION_LABELS } from "#components/first-run/question-words.ts";
import { firstRunParams } from "#components/first-run/search-params.ts";
import { StepFrame } from "#components/first-run/step-frame.tsx";
import { useSettleStep } from "#components/first-run/use-first-run.ts";
import { cn } from "#components/lib/cn.ts";
import { useClub } from "#components/lib/club.tsx";
import { firstRunPath } from "#components/lib/paths.ts";
import { buttonStyles } from "#components/ui/button.tsx";
import { isArticleQuestion, QUESTIONS, type Question } from "#server/domain/first-run.ts";

/** The ten questions, one at a time. Each answer is kept at once; each can be skipped. */
export const QuestionStep = ({ run }: { readonly run: FirstRun }) => {
  const { slug } = useClub();
  const router = useRouter();
  const [{ question: asked }] = useQueryStates(firstRunParams);
  const settling = useSettleStep();
  const question = asked ?? QUESTIONS.find((one) => run.questions[one] === "open") ?? null;
  const goOn = (from: Question): void => {
    const after = [...QUESTIONS.slice(QUESTIONS.indexOf(from) + 1), ...QUESTIONS].find(
      (one) => one !== from && run.questions[one] === "open",
    );
    router.push(firstRunPath(slug, after === undefined ? { step: "try" } : { step: "questions", question: after }));
  };
  const skip = (from: Question): void => settling.mutate({ state: "skipped", step: from }, { onSuccess: () => goOn(from) });
  const shared = { run, isSkipping: settling.isPending };
  return (
    <StepFrame title="Ten questions" about="Write as you would tell a member. Beside it stands what Spotter may quote from then on.">
      <div className="grid items-start gap-6 md:grid-cols-[13rem_minmax(0,1fr)]">
        <QuestionList run={run} current={question} />
        {question === null ? (
          <div className="flex flex-col items-start gap-3 text-sm text-ink-2">
            <p>All ten are settled. Choose one to change what you skipped.</p>
            <Link href={firstRunPath(slug, { step: "try" })} className={buttonStyles({ kind: "primary", size: "lg" })}>
              Try Spotter
            </Link>
          </div>
        ) : isArticleQuestion(question) ? (
          <ArticleQuestion key={question} question={question} onNext={() => goOn(question)} onSkip={() => skip(question)} {...shared} />
        ) : (
          <HoursQuestion key={question} question={question} onNext={() => goOn(question)} onSkip={() => skip(question)} {...shared} />
        )}
      </div>
    </StepFrame>
  );
};

const QuestionList = ({ run, current }: { readonly run: FirstRun; readonly current: Question | null }) => {
  const { slug } = useClub();
  return (
    <nav aria-label="Questions" className="max-md:overflow-x-auto">
      <ol className="flex gap-1 md:flex-col">
        {QUESTIONS.map((question, index) => {
          const state = run.questions[question];
          return (
            <li key={question} className="shrink-0">
              <Link
                href={firstRunPath(slug, { step: "questions", question })}
                aria-current={question === current ? "step" : undefined}
                className={cn(
                  "flex min-h-8 items-center gap-2 rounded-control px-2 text-sm whitespace-nowrap text-ink-2 hover:bg-sunken hover:text-ink",
                  question === current && "bg-sunken font-semibold text-ink",
                )}
              >
                <span aria-hidden="true" className="flex w-4 justify-center text-xs text-ink-3 tabular-nums [&_svg]:size-3.5">
                  {state === "done" ? <Check className="text-good-ink" /> : state === "skipped" ? <Minus /> : index + 1}
                </span>
                {QUESTION_LABELS[question]}
                {state === "open" ? null : <span className="sr-only">, {state === "done" ? "answered" : "skipped"}</span>}
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
};
