import { type AskedQuestion, isAskedIn } from "#server/domain/asked-questions.ts";

type AskedListProps = { readonly asked: readonly AskedQuestion[]; readonly body: string };

/** What an article answers at once, and what it did before its text changed. */
export const AskedList = ({ asked, body }: AskedListProps) => (
  <div className="flex flex-col gap-2 text-sm">
    <p className="font-semibold">Ways members ask this</p>
    <ul aria-label="Ways members ask this" className="flex flex-col gap-1">
      {asked.map((question) => (
        <li key={`${question.text} ${question.sentences.join(" ")}`} className="break-words">
          {question.text}
          {isAskedIn(question, body) ? null : <span className="text-warn-ink"> · not used: its sentence no longer stands in the text</span>}
        </li>
      ))}
    </ul>
  </div>
);
