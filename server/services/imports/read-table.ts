import { CsvError, parse } from "csv-parse/sync";

import { COLUMNS_MAX_COUNT } from "#server/domain/csv-import.ts";
import { DomainError } from "#server/domain/errors.ts";
import { CELL_MAX_CHARS, ROWS_MAX_COUNT } from "#server/services/imports/limits.ts";

export const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export type TableRow = {
  /** Where the row begins in the file, the header being on line 1 unless empty lines stand before it. */
  readonly line: number;
  readonly cells: readonly string[];
};

export type Table = { readonly headers: readonly string[]; readonly rows: readonly TableRow[] };

/** Any bytes are text in one of the encodings that spreadsheets write: those of a byte order mark, UTF-8, or Windows-1252. */
export const decodeText = (bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } => {
  const encoding = encodingOf(bytes);
  // A byte order mark is left out by the decoder itself.
  return { text: new TextDecoder(encoding).decode(bytes).replaceAll("\0", ""), encoding };
};

const encodingOf = (bytes: Uint8Array): Encoding => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) {
    return "utf-16le";
  }
  if (first === 0xfe && second === 0xff) {
    return "utf-16be";
  }
  const head = bytes.subarray(0, 1_000);
  const zeroesAt = (parity: number): number => head.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  // Western text in UTF-16 without a mark has a zero in every other place.
  if (zeroesAt(1) > head.length / 4) {
    return "utf-16le";
  }
  if (zeroesAt(0) > head.length / 4) {
    return "utf-16be";
  }
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
};

/** The delimiter that stands most often in the first line outside quotes. */
export const delimiterOf = (text: string): Delimiter => {
  const firstLine =
    text
      .trimStart()
      .replaceAll(/"(?:[^"]|"")*"/g, "")
      .split(/\r\n|\r|\n/, 1)[0] ?? "";
  const countOf = (delimiter: Delimiter): number => firstLine.split(delimiter).length;
  return DELIMITERS.toSorted((a, b) => countOf(b) - countOf(a))[0] ?? ",";
};

/** What `info: true` adds to each record: https://csv.js.org/parse/options/info/ (2026-11). */
type CsvRecord = { readonly record: string[]; readonly info: { readonly lines: number } };

/**
 * The header and the rows of a table. Rows with too few or too many cells come as they are: whoever reads them says so.
 * @throws `invalid` where quotes do not match up, or nothing is there, or there is too much of it
 */
export const parseTable = (text: string, delimiter: Delimiter): Table => {
  const records = recordsOf(text, delimiter).map(({ record, info }) => ({ line: startLineOf(record, info.lines), cells: record }));
  const [header, ...rows] = records;
  if (header === undefined || rows.length === 0) {
    throw new DomainError("invalid", "this file has no rows below its header");
  }
  if (header.cells.length > COLUMNS_MAX_COUNT) {
    throw new DomainError("invalid", `this file has more than ${COLUMNS_MAX_COUNT} columns`);
  }
  if (rows.length > ROWS_MAX_COUNT) {
    throw new DomainError("invalid", `this file has more than ${ROWS_MAX_COUNT.toLocaleString("en-US")} rows: split it`);
  }
  const headers = header.cells.map((name, index) => name.trim() || `Column ${index + 1}`);
  return { headers, rows: rows.map(({ line, cells }) => ({ line, cells: cells.map(cleanCell) })) };
};

const recordsOf = (text: string, delimiter: Delimiter): readonly CsvRecord[] => {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: CELL_MAX_CHARS * COLUMNS_MAX_COUNT,
    });
    return parsed as readonly CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError) {
      const line = typeof error["lines"] === "number" ? ` near line ${error["lines"]}` : "";
      throw new DomainError("invalid", `the quotes of this file do not match up${line}`, { cause: error });
    }
    throw error;
  }
};

/** The parser tells the line a record ends on; a quoted cell may hold line breaks. */
const startLineOf = (cells: readonly string[], endLine: number): number =>
  endLine - cells.reduce((total, cell) => total + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

/** Without the mark that `writeCsv` and spreadsheets put before what could be taken for a formula. */
const cleanCell = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@])/, "");
