/**
 * A cell that begins like a formula gets an apostrophe, or a spreadsheet would run what a stranger typed into a form
 * (OWASP, "CSV Injection", read 2026-11). Reading the file back takes it off again.
 */
const guarded = (cell: string): string => (/^['=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => `"${guarded(cell).replaceAll('"', '""')}"`;

/** A table for spreadsheets: commas, every cell in quotes, a byte order mark, CRLF. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((cells) => cells.map(quoted).join(",")).join("\r\n")}\r\n`;
