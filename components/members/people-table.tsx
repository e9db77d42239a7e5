"use client";

import { useTable, type RowSelectionState } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";

import { cn } from "#components/lib/cn.ts";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { PEOPLE_COLUMN_DEFS, peopleFeatures } from "#components/members/people-columns.tsx";
import { COLUMN_LABELS, MEMBER_COLUMNS } from "#components/members/people-words.ts";
import { PEOPLE_COLUMNS, PEOPLE_SORTS, type PeopleColumn, type PeopleSort, type SortDirection } from "#server/domain/people-filter.ts";
import type { PersonRow } from "#server/domain/people-view.ts";

/** A row of two lines on a desk; a phone's cards are higher and are measured. */
const ROW_PX = 57;
const OVERSCAN = 10;
/** Stands in for the list's size while the server renders, so that the first rows are in the first paint. */
const SERVER_RECT = { width: 1100, height: 620 };
/** The next page is asked for when this many rows are left. */
const AHEAD = 20;

const NUMBERS: ReadonlySet<string> = new Set(["balance", "visits"]);

type PeopleTableProps = {
  readonly rows: readonly PersonRow[];
  readonly isProspects: boolean;
  readonly columns: readonly PeopleColumn[];
  readonly sort: PeopleSort;
  readonly direction: SortDirection;
  readonly onSort: (sort: PeopleSort, direction: SortDirection) => void;
  readonly selection: RowSelectionState;
  readonly onSelect: (selection: RowSelectionState) => void;
  /** Called when the end comes near; does nothing when there is no more. */
  readonly onNearEnd: () => void;
  /** Called with the places in `rows` of the first and the last one in sight, when the list stands still. */
  readonly onSight: (first: number, last: number) => void;
};

/** Only the rows in sight exist. On a phone a row is a card. */
export const PeopleTable = ({ rows, onNearEnd, onSight, ...props }: PeopleTableProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const table = usePeopleTable({ rows, ...props });
  const { rows: tableRows } = table.getRowModel();
  // Another function would have the places of all rows reckoned anew, at each step of a scroll.
  const keyOf = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtualizer = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: keyOf,
    overscan: OVERSCAN,
    initialRect: SERVER_RECT,
    onChange: ({ isScrolling, range }) => {
      if (range !== null && !isScrolling) {
        onSight(range.startIndex, range.endIndex);
      }
    },
  });
  const isNearEnd = virtualizer.range !== null && virtualizer.range.endIndex >= tableRows.length - AHEAD;
  // The outside system is the server: also a page that was refused while another one was read is asked for in the end.
  useEffect(() => {
    if (isNearEnd) {
      onNearEnd();
    }
  });
  const move = (step: number) => {
    const next = neighbourOf(rows, step);
    const row = rows[next];
    if (row !== undefined) {
      virtualizer.scrollToIndex(next, { align: "auto" });
      // The row may only now be rendered: it takes the focus in the next frame.
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-person="${row.id}"]`)?.focus());
    }
  };
  useHotkeys({ j: () => move(1), k: () => move(-1), x: () => table.getRowModel().rowsById[focusedPerson() ?? ""]?.toggleSelected() });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);

  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label="List of people"
      className="min-h-0 flex-1 overflow-auto overscroll-contain focus-visible:-outline-offset-2"
    >
      <table className="w-full border-separate border-spacing-0 text-sm max-md:block" aria-rowcount={rows.length + 1}>
        <HeadRow table={table} />
        <tbody className="max-md:block">
          <Spacer height={before} />
          {items.map(({ index }) => {
            const row = tableRows[index];
            return row === undefined ? null : (
              <PersonLine key={row.id} table={table} row={row} index={index} measure={virtualizer.measureElement} />
            );
          })}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  );
};

type Table = ReturnType<typeof usePeopleTable>;
type PersonLineProps = {
  readonly table: Table;
  readonly row: ReturnType<Table["getRowModel"]>["rows"][number];
  readonly index: number;
  readonly measure: (element: HTMLElement | null) => void;
};

const PersonLine = ({ index, measure, row, table }: PersonLineProps) => (
  <tr
    ref={measure}
    data-index={index}
    aria-rowindex={index + 2}
    aria-selected={row.getIsSelected()}
    className="aria-selected:bg-sunken max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:border-b max-md:border-line max-md:px-4 max-md:py-3 md:h-14.25 md:hover:bg-sunken/60"
  >
    <td className="w-10 border-b border-line pl-4 max-md:w-auto max-md:border-0 max-md:pl-0">
      <Tick label={`Select ${row.original.name}`} isOn={row.getIsSelected()} onChange={() => row.toggleSelected()} />
    </td>
    {row.getVisibleCells().map((cell) => (
      <td
        key={cell.id}
        className={cn("max-w-72 border-b border-line px-3 py-2 last:pr-4 max-md:border-0 max-md:p-0!", CELLS[cell.column.id])}
      >
        <table.FlexRender cell={cell} />
      </td>
    ))}
  </tr>
);

/** How a cell looks on a desk, and where it goes on a card. */
const CELLS: Readonly<Record<string, string>> = {
  name: "max-md:w-[calc(100%-3rem)]",
  contact: "text-ink-2 max-md:w-full max-md:text-xs",
  plan: "text-ink-2 truncate max-md:hidden",
  balance: "text-right whitespace-nowrap tabular-nums max-md:text-xs",
  visits: "text-right text-ink-2 tabular-nums max-md:hidden",
  last_visit: "whitespace-nowrap text-ink-2 tabular-nums max-md:hidden",
  joined: "whitespace-nowrap text-ink-2 tabular-nums max-md:hidden",
};

const usePeopleTable = ({
  columns,
  direction,
  isProspects,
  onSelect,
  onSort,
  rows,
  selection,
  sort,
}: Omit<PeopleTableProps, "onNearEnd" | "onSight">) => {
  const data = useMemo(() => [...rows], [rows]);
  const columnVisibility = Object.fromEntries(
    PEOPLE_COLUMNS.map((name) => [name, columns.includes(name) && !(isProspects && MEMBER_COLUMNS.includes(name))]),
  );
  const sorting = [{ id: sort, desc: direction === "desc" }];
  return useTable({
    features: peopleFeatures,
    columns: PEOPLE_COLUMN_DEFS,
    data,
    getRowId: ({ id }) => id,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { columnVisibility, rowSelection: selection, sorting },
    onRowSelectionChange: (change) => onSelect(typeof change === "function" ? change(selection) : change),
    onSortingChange: (change) => {
      const [first] = typeof change === "function" ? change(sorting) : change;
      const by = PEOPLE_SORTS.find((name) => name === first?.id);
      if (by !== undefined && first !== undefined) {
        onSort(by, first.desc ? "desc" : "asc");
      }
    },
  });
};

const HeadRow = ({ table }: { readonly table: Table }) => (
  <thead className="max-md:hidden">
    {table.getHeaderGroups().map((group) => (
      <tr key={group.id} aria-rowindex={1}>
        <th scope="col" className={cn(HEAD, "w-10 pl-4")}>
          <Tick label="Select everybody shown" isOn={table.getIsAllRowsSelected()} onChange={() => table.toggleAllRowsSelected()} />
        </th>
        {group.headers.map((header) => {
          const order = header.column.getIsSorted();
          return (
            <th
              key={header.id}
              scope="col"
              aria-sort={order === false ? undefined : order === "asc" ? "ascending" : "descending"}
              className={cn(HEAD, "px-3 last:pr-4", NUMBERS.has(header.column.id) && "text-right")}
            >
              {header.column.getCanSort() ? (
                <button
                  type="button"
                  onClick={header.column.getToggleSortingHandler()}
                  className="inline-flex items-center gap-1 rounded-[4px] hover:text-ink aria-pressed:font-semibold"
                >
                  <table.FlexRender header={header} />
                  <SortMark order={order} />
                </button>
              ) : (
                <table.FlexRender header={header} />
              )}
            </th>
          );
        })}
      </tr>
    ))}
  </thead>
);

const HEAD = "sticky top-0 z-10 h-9 border-b border-line bg-surface text-left text-xs font-normal whitespace-nowrap text-ink-3";

const SortMark = ({ order }: { readonly order: false | "asc" | "desc" }) => {
  if (order === false) {
    return <span aria-hidden="true" className="size-3" />;
  }
  return order === "asc" ? <ArrowUp aria-hidden="true" className="size-3" /> : <ArrowDown aria-hidden="true" className="size-3" />;
};

/** Holds the place of rows that do not exist right now. */
const Spacer = ({ height }: { readonly height: number }) =>
  height <= 0 ? null : (
    <tr aria-hidden="true" className="max-md:block">
      <td colSpan={Object.keys(COLUMN_LABELS).length + 2} style={{ height }} className="p-0 max-md:block" />
    </tr>
  );

type TickProps = { readonly label: string; readonly isOn: boolean; readonly onChange: () => void };

const Tick = ({ isOn, label, onChange }: TickProps) => (
  <input
    type="checkbox"
    aria-label={label}
    checked={isOn}
    onChange={onChange}
    className="block size-4 accent-solid pointer-coarse:size-6"
  />
);

const focusedPerson = (): string | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset["person"] : undefined;

/** From the row that has the focus, else into the list. */
const neighbourOf = (rows: readonly PersonRow[], step: number): number => {
  const current = rows.findIndex(({ id }) => id === focusedPerson());
  return Math.min(rows.length - 1, Math.max(0, current + step));
};
