"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { useForm, useWatch } from "react-hook-form";
import type { UseFormRegister } from "react-hook-form";

import { FailureLine } from "#components/connections/failure-line.tsx";
import type { FirstRun } from "#components/first-run/first-run-types.ts";
import { Preview } from "#components/first-run/preview.tsx";
import { useClub } from "#components/lib/club.tsx";
import { articlePath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { articleOf, planOf, type Answer, type ArticleQuestion as Name } from "#server/domain/first-run.ts";

type ArticleQuestionProps = {
  readonly run: FirstRun;
  readonly question: Name;
  readonly isSkipping: boolean;
  readonly onNext: () => void;
  readonly onSkip: () => void;
};

const VALUE_MAX_CHARACTERS = 160;
const TEXT_MAX_CHARACTERS = 600;

/** One question whose answer becomes an article, with the article beside it. */
export const ArticleQuestion = ({ run, question, ...acts }: ArticleQuestionProps) => {
  const plan = planOf(question, run.kind);
  const articleId = run.articles[question];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div>
        <h3 className="text-base font-semibold">{plan.ask}</h3>
        <p className="mt-0.5 text-sm text-ink-3">{plan.why}</p>
      </div>
      {run.questions[question] === "done" && articleId !== undefined ? (
        <Answered articleId={articleId} title={plan.title} onNext={acts.onNext} />
      ) : (
        <AnswerForm run={run} question={question} {...acts} />
      )}
    </div>
  );
};

const Answered = ({ articleId, title, onNext }: { readonly articleId: string; readonly title: string; readonly onNext: () => void }) => {
  const { slug } = useClub();
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="flex items-center gap-2 text-sm">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good-ink" />
        <span>
          Answered. Change it in its article,{" "}
          <Link href={articlePath(slug, articleId)} className="font-semibold underline underline-offset-2">
            {title}
          </Link>
          .
        </span>
      </p>
      <Button kind="primary" size="lg" onClick={onNext}>
        Next
      </Button>
    </div>
  );
};

const AnswerForm = ({ run, question, isSkipping, onNext, onSkip }: ArticleQuestionProps) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { fields, title } = planOf(question, run.kind);
  const form = useForm<{ answer: Answer }>({ defaultValues: { answer: Object.fromEntries(fields.map(({ name }) => [name, ""])) } });
  const answer = useWatch({ control: form.control, name: "answer" });
  const written = articleOf(question, { answer, kind: run.kind });
  const answering = useMutation(
    trpc.firstRun.answer.mutationOptions({
      onSuccess: onNext,
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(trpc.firstRun.pathFilter()),
          queryClient.invalidateQueries(trpc.knowledge.pathFilter()),
        ]),
    }),
  );
  const submit = form.handleSubmit((values) => answering.mutate({ clubId, question, answer: values.answer }));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <fieldset disabled={answering.isPending} className="grid items-start gap-6 xl:grid-cols-2">
        <div className="flex flex-col gap-4">
          <AnswerFields fields={fields} register={form.register} />
          {answering.isError ? <FailureLine error={answering.error} /> : null}
          <div className="flex flex-wrap gap-3">
            <Button type="submit" kind="primary" size="lg" isBusy={answering.isPending} disabled={written === null}>
              Publish and go on
            </Button>
            <Button kind="quiet" size="lg" isBusy={isSkipping} onClick={onSkip}>
              Skip
            </Button>
          </div>
        </div>
        <Preview
          title={title}
          body={written?.body ?? ""}
          facts={written?.facts ?? []}
          place="An article of this club. Change it at any time under Knowledge."
        />
      </fieldset>
    </form>
  );
};

type AnswerFieldsProps = {
  readonly fields: ReturnType<typeof planOf>["fields"];
  readonly register: UseFormRegister<{ answer: Answer }>;
};

const AnswerFields = ({ fields, register }: AnswerFieldsProps) => (
  <>
    {fields.map(({ name, label, placeholder, kind }, index) => (
      <Field key={name} label={label}>
        {(control) =>
          kind === "text" ? (
            <TextArea
              {...control}
              {...register(`answer.${name}`)}
              rows={3}
              maxLength={TEXT_MAX_CHARACTERS}
              placeholder={placeholder}
              autoFocus={index === 0}
            />
          ) : (
            <Input
              {...control}
              {...register(`answer.${name}`)}
              maxLength={VALUE_MAX_CHARACTERS}
              placeholder={placeholder}
              autoComplete="off"
              autoFocus={index === 0}
              className="h-10"
            />
          )
        }
      </Field>
    ))}
  </>
);
