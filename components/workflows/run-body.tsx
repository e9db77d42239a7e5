import { TaskPanel } from "#components/workflows/custom/task-panel.tsx";
import { OutcomeList } from "#components/workflows/outcome-list.tsx";
import { GroupTable, ReasonList, RunFunnel } from "#components/workflows/run-figures.tsx";
import { RunTexts } from "#components/workflows/run-texts.tsx";
import type { RunDetails } from "#components/workflows/workflow-types.ts";
import { capitalize } from "#components/lib/format.ts";
import { formatCostMicros } from "#server/domain/money.ts";

/** What a run did, or would do: in one sentence, in numbers, in words, and person by person. */
export const RunBody = ({ run }: { readonly run: RunDetails }) => {
  const { counts, isDryRun, report, texts } = run;
  return (
    <div className="flex flex-col gap-8">
      {run.task === null ? null : <TaskPanel run={run} task={run.task} />}
      <section aria-label="In numbers" className="flex flex-col gap-3">
        {report === null || report.lines.length === 0 ? null : (
          <ul className="flex flex-col gap-1">
            {report.lines.map((line) => (
              <li key={line} className="text-base font-semibold text-pretty">
                {capitalize(line)}
                {line.endsWith(".") ? "" : "."}
              </li>
            ))}
          </ul>
        )}
        <div className="grid items-start gap-3 lg:grid-cols-2">
          <RunFunnel counts={counts} isDryRun={isDryRun} responses={run.responses} />
          {report === null || report.reasons.length === 0 ? null : (
            <div>
              <h3 className="mb-2 text-sm font-semibold">Who gets nothing, or not yet</h3>
              <ReasonList reasons={report.reasons} isDryRun={isDryRun} />
            </div>
          )}
        </div>
        <GroupTable counts={counts} isDryRun={isDryRun} />
        {report === null || report.estimate.messageCount === 0 ? null : (
          <p className="text-xs text-ink-3 tabular-nums">
            {report.estimate.messageCount.toLocaleString("en-US")} messages in {report.estimate.segmentCount.toLocaleString("en-US")} parts
            {isDryRun ? " would cost " : " cost "}
            about {formatCostMicros(report.estimate.costMicros)} at the vendor’s list price.
          </p>
        )}
      </section>
      {texts.length === 0 ? null : (
        <section aria-labelledby="texts-title">
          <h2 id="texts-title" className="mb-3 text-lg font-semibold">
            {isDryRun ? "The texts as they would go out" : "The texts"}
          </h2>
          <RunTexts texts={texts} />
        </section>
      )}
      <OutcomeList run={run} />
    </div>
  );
};
