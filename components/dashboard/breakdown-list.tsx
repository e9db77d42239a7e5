import type { Report } from "./report-types.ts";

type BreakdownListProps = { readonly breakdown: Report["breakdowns"][number] };

/** What a number is made of, the largest part first. Nothing is said of what is not. */
export const BreakdownList = ({ breakdown: { rows, title } }: BreakdownListProps) => {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return rows.length === 0 ? null : (
    <div className="border-t border-line px-4 py-3">
      <h3 className="mb-2 text-xs text-ink-3">{title}</h3>
      <ul className="flex flex-col gap-2">
        {rows.map(({ count, label }) => (
          <li key={label} className="text-sm">
            <p className="flex items-baseline gap-3">
              <span className="min-w-0 flex-1 text-pretty first-letter:uppercase">{label}</span>
              <span className="tabular-nums">{count.toLocaleString("en-US")}</span>
            </p>
            <span aria-hidden="true" className="mt-1 block h-1 rounded-full bg-line-strong" style={{ width: `${(count / most) * 100}%` }} />
          </li>
        ))}
      </ul>
    </div>
  );
};
