import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { csvText } from "./csv-text.ts";

describe("a table as text", () => {
  it("is read back cell by cell, whatever stands in it, but for a mark before what would run as a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), { minLength: 1 }), (rows) => {
        const read: string[][] = parse(csvText(rows), { relax_column_count: true });
        const unmarked = (cells: readonly string[]) => cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ""));
        expect(read.map(unmarked)).toEqual(rows.map(unmarked));
      }),
    );
  });

  it.each(["=1+1", "+cmd", "-2+3", "@sum", "\tx"])("never begins a cell with the formula %s", (value) => {
    expect(csvText([[value]])).toMatch(/^"?'/);
  });

  it("leaves numbers of phones and figures as they are", () => {
    expect(csvText([["+13035550142", "-12.50"]])).toBe("+13035550142,-12.50\r\n");
  });
});
