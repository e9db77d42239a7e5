import { type AskedQuestion, isAskedIn, isUnanswered } from "#server/domain/asked-questions.ts";

type AskedListProps = { readonly asked: readonly AskedQuestion[]; readonly body: string };

/** What an article answers at once, what it did before its text changed, and what it is asked for and does not say. */
export const AskedList = ({ asked, body }: AskedListProps) => (
  <div className="flex flex-col gap-4 text-sm">
    <Questions title="Ways members ask this" questions={asked.filter((question) => !isUnanswered(question))} body={body} />
    <Questions title="Asked, and not answered here" questions={asked.filter(isUnanswered)} body={body} />
  </div>
);

type QuestionsProps = { readonly title: string; readonly questions: readonly AskedQuestion[]; readonly body: string };

const Questions = ({ title, questions, body }: QuestionsProps) =>
  questions.length === 0 ? null : (
    <div className="flex flex-col gap-2">
      <p className="font-semibold">{title}</p>
      <ul aria-label={title} className="flex flex-col gap-1">
        {questions.map((question) => (
          <li key={`${question.text} ${question.sentences.join(" ")}`} className="break-words">
            {question.text}
            {isAskedIn(question, body) ? null : (
              <span className="text-warn-ink"> · not used: its sentence no longer stands in the text</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
