const PHONE = /^\+\d{7,15}$/;
/** What a table program would take for a formula, and run. */
const FORMULA = /^[=+\-@\t\r]/;
/** A figure below nothing begins like a formula and is none. */
const FIGURE = /^-\d+(\.\d+)?$/;

/** Rows of a table as text that a table program opens as it is: RFC 4180, with CRLF after each line. */
export const csvText = (rows: readonly (readonly string[])[]): string => rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");

const cell = (value: string): string => {
  const isHarmless = !FORMULA.test(value) || PHONE.test(value) || FIGURE.test(value);
  const safe = isHarmless ? value : `'${value}`;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
