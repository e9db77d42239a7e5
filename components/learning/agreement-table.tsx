import { Section } from "#components/learning/section.tsx";
import type { Agreement } from "#components/learning/learning-types.ts";
import { EVIDENCE_DAYS } from "#server/domain/autonomy.ts";
import { STAGE_LABELS } from "#server/domain/policy-words.ts";

const HEAD = "px-3 py-2.5 text-left text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 last:pr-4";
const CELL = "px-3 py-2.5 align-top first:pl-4 last:pr-4";
const FIGURE = `${CELL} text-right tabular-nums`;

/** How well the drafts of each topic agreed with what people sent. */
export const AgreementTable = ({ rows }: { readonly rows: readonly Agreement[] }) => (
  <Section
    title="Agreement"
    about={`Drafts of the last ${EVIDENCE_DAYS} days beside what your team really sent. A draft agrees when it says the same in its own words and no figure, date or link differs.`}
  >
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={HEAD}>
            Topic
          </th>
          <th scope="col" className={HEAD}>
            Stage
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            Agreed
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.scope} className="border-b border-line last:border-b-0">
            <th scope="row" className={`${CELL} text-left font-normal`}>
              {row.label}
              <span className="block text-xs text-ink-3">{noteOf(row)}</span>
            </th>
            <td className={CELL}>{STAGE_LABELS[row.stage]}</td>
            <td className={FIGURE}>
              {row.agreedCount} of {row.draftCount}
            </td>
            <td className={FIGURE}>{row.draftCount === 0 ? "–" : `${Math.round((row.agreedCount / row.draftCount) * 100)}%`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Section>
);

const noteOf = ({ correctionCount, isLocked, mayBeEarned }: Agreement): string | null => {
  if (!mayBeEarned) {
    return "always a person";
  }
  if (isLocked) {
    return "held by the franchise";
  }
  return correctionCount === 0 ? null : `${correctionCount} corrected this week`;
};
