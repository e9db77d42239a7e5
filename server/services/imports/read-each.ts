import { CELL_MAX_CHARS } from "#server/services/imports/limits.ts";
import type { Table, TableRow } from "#server/services/imports/read-table.ts";
import { isMadeId } from "#server/services/members/identities.ts";

/** What a row says, or with the reason why it says nothing. */
type Read<Item> = { readonly item: Item } | { readonly reason: string };

type Reader<Item> = {
  /** What a row is about, such as `person`, and what its own id is called, such as `member number`. */
  readonly noun: string;
  readonly idNoun: string;
  readonly read: (cells: readonly string[]) => Read<Item>;
};

/** Reads each row of a whole table. What stands there twice is refused the second time. */
export const readEach = <Item extends { readonly externalId: string }>(
  { headers, rows }: Table,
  { noun, idNoun, read }: Reader<Item>,
): readonly (TableRow & Read<Item>)[] => {
  const firstLines = new Map<string, number>();
  return rows.map((row) => {
    const found = faultOf(row, headers.length) ?? read(row.cells);
    if ("reason" in found) {
      return { ...row, ...found };
    }
    const { externalId } = found.item;
    const firstLine = firstLines.get(externalId);
    if (firstLine !== undefined) {
      const what = isMadeId(externalId) ? `the same ${noun}` : `the same ${idNoun} ${externalId}`;
      return { ...row, reason: `${what} stands on line ${firstLine} already` };
    }
    firstLines.set(externalId, row.line);
    return { ...row, ...found };
  });
};

const faultOf = ({ cells }: TableRow, columnCount: number): { readonly reason: string } | null => {
  if (cells.length !== columnCount) {
    return { reason: `has ${cells.length} cells where the header has ${columnCount}` };
  }
  return cells.some((cell) => cell.length > CELL_MAX_CHARS)
    ? { reason: `a cell is longer than ${CELL_MAX_CHARS} characters; is a quote missing?` }
    : null;
};
