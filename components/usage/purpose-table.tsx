import type { Usage } from "#components/dashboard/report-types.ts";
import { Panel } from "#components/ui/page.tsx";
import { purposeLabel } from "#components/usage/purpose-words.ts";
import { formatCostMicros } from "#server/domain/money.ts";

/** What the calls were for, and which models answered them: the dearest first. */
export const PurposeTable = ({ usage: { totals } }: { readonly usage: Usage }) => (
  <div className="grid items-start gap-6 lg:grid-cols-2 [&>*]:min-w-0">
    <Costs title="By purpose" rows={totals.byPurpose.map(({ purpose, ...row }) => ({ ...row, label: purposeLabel(purpose) }))} />
    <Costs title="By model" rows={totals.byModel.map(({ model, ...row }) => ({ ...row, label: model }))} />
  </div>
);

type CostsProps = {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly callCount: number; readonly costMicros: number }[];
};

const Costs = ({ rows, title }: CostsProps) => (
  <Panel label={title}>
    <table className="w-full border-collapse text-sm">
      <caption className="px-4 pt-3 text-left text-base font-semibold">{title}</caption>
      <thead>
        <tr className="border-b border-line text-xs text-ink-3">
          <th scope="col" className="py-2 pl-4 text-left font-normal">
            What
          </th>
          <th scope="col" className="px-3 py-2 text-right font-normal">
            Calls
          </th>
          <th scope="col" className="py-2 pr-4 text-right font-normal">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ callCount, costMicros, label }) => (
          <tr key={label} className="border-b border-line last:border-b-0">
            <th scope="row" className="py-2 pl-4 text-left font-normal break-words">
              {label}
            </th>
            <td className="px-3 py-2 text-right tabular-nums">{callCount.toLocaleString("en-US")}</td>
            <td className="py-2 pr-4 text-right tabular-nums">{formatCostMicros(costMicros)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
);
