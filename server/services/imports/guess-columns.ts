import { STATUS_WORDS_MAX_COUNT, type DateOrder } from "#server/domain/csv-import.ts";
import type { Table } from "#server/services/imports/read-table.ts";

export type Columns<Field extends string> = Partial<Record<Field, number>>;

/** How the club has read its last table of the kind. */
export type Remembered<Mapping> = { readonly headers: readonly string[]; readonly mapping: Mapping };

type Input<Field extends string> = {
  /** How each field's column may be called, the likeliest first; compared without case, blanks and signs. */
  readonly names: Readonly<Record<Field, readonly string[]>>;
  readonly remembered: Remembered<{ readonly columns: Columns<Field> }> | null;
};

/** The columns as they were chosen for these names before, else by the first of a field's names that a column has. */
export const guessColumns = <Field extends string>(
  headers: readonly string[],
  { names: namesOf, remembered }: Input<Field>,
): Columns<Field> => {
  // A column that was there the last time and was left out stays out.
  const leftOut = new Set((remembered?.headers ?? []).map(folded));
  const free = new Map(headers.map((header, index) => [index, folded(header)] as const).filter(([, header]) => !leftOut.has(header)));
  const columns: Columns<Field> = {};
  for (const field of fieldsOf(namesOf)) {
    const before = remembered?.headers[remembered.mapping.columns[field] ?? -1];
    const index = before === undefined ? -1 : headers.findIndex((header) => folded(header) === folded(before));
    const best = namesOf[field].map((name) => [...free].find(([, header]) => header === name)?.[0]).find((found) => found !== undefined);
    const column = index === -1 ? best : index;
    if (column !== undefined) {
      columns[field] = column;
      free.delete(column);
    }
  }
  return columns;
};

const fieldsOf = <Field extends string>(record: Readonly<Record<Field, unknown>>): Field[] => Object.keys(record) as Field[];

const folded = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, "");

type Meanings<Meaning extends string> = {
  /** How the kinds of standing are written. */
  readonly usual: Readonly<Record<Meaning, readonly string[]>>;
  /** What people have said before. */
  readonly known: Readonly<Record<string, Meaning>>;
};

/** What the words of a column mean, as far as it is known. */
export const guessMeanings = <Meaning extends string>(
  words: readonly string[],
  { usual, known }: Meanings<Meaning>,
): Record<string, Meaning> => {
  const said = new Map(Object.entries(known));
  const meanings = new Map(fieldsOf(usual).flatMap((meaning) => usual[meaning].map((word) => [word, meaning] as const)));
  return Object.fromEntries(
    words.flatMap((word) => {
      const meaning = said.get(word) ?? meanings.get(word.replace(/\.+$/, ""));
      return meaning === undefined ? [] : [[word, meaning] as const];
    }),
  );
};

/** The words of a column, most frequent first; none where they are too many to be standings. */
export const wordsOf = ({ rows }: Table, column: number | undefined): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { cells } of column === undefined ? [] : rows) {
    const word = (cells[column ?? -1] ?? "").toLowerCase();
    if (word !== "") {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts.size > STATUS_WORDS_MAX_COUNT ? [] : [...counts].toSorted((a, b) => b[1] - a[1]).map(([word]) => word);
};

/** A number above twelve cannot be a month; where nothing tells, the American order. */
export const guessDateOrder = ({ rows }: Table, columns: readonly (number | undefined)[]): DateOrder => {
  const cells = rows.flatMap((row) => columns.map((column) => row.cells[column ?? -1] ?? "")).filter((cell) => cell !== "");
  if (cells.some((cell) => /^\d{4}[./-]/.test(cell))) {
    return "ymd";
  }
  const firsts = cells.map((cell) => Number(/^(\d{1,2})[./-]/.exec(cell)?.[1] ?? 0));
  return firsts.some((first) => first > 12) ? "dmy" : "mdy";
};
