import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { MemberMapping } from "#server/domain/csv-import.ts";
import { guessMapping } from "./guess-mapping.ts";
import { readRows } from "./read-rows.ts";
import { decodeText, delimiterOf, parseTable, type Delimiter } from "./read-table.ts";
import { readDate, readEmail, readInstant, readMoney, readPhone } from "./values.ts";
import { writeCsv } from "./write-csv.ts";

const value = (reading: object): unknown => ("value" in reading ? reading.value : reading);

describe("a table is read as it was written", () => {
  const words = 'Name;Straße\r\nJosé;"Ärger; ""Nord""\nam Tor"\r\n';
  const utf16 = (text: string, isBigEndian: boolean): Buffer => {
    const bytes = Buffer.from(text, "utf16le");
    return isBigEndian ? bytes.swap16() : bytes;
  };
  test.each([
    ["utf-8", "utf-8", Buffer.from(words)],
    ["utf-8 with a mark", "utf-8", Buffer.from(`\uFEFF${words}`)],
    ["utf-16 with a mark", "utf-16le", utf16(`\uFEFF${words}`, false)],
    ["utf-16 the other way round", "utf-16be", utf16(`\uFEFF${words}`, true)],
    ["utf-16 without a mark", "utf-16le", utf16(words, false)],
    ["windows-1252", "windows-1252", Buffer.from(words, "latin1")],
  ])("from %s", (_name, encoding, bytes) => {
    const decoded = decodeText(bytes);
    expect(decoded.encoding).toBe(encoding);
    expect(parseTable(decoded.text, delimiterOf(decoded.text))).toEqual({
      headers: ["Name", "Straße"],
      rows: [{ line: 2, cells: ["José", 'Ärger; "Nord"\nam Tor'] }],
    });
  });

  test.each<[string, Delimiter]>([
    ["a,b;c,d", ","],
    ["a;b;c,d", ";"],
    ["a\tb,c\td", "\t"],
    ['"a,b,c,d";e', ";"],
  ])("the delimiter of %j is %j", (text, delimiter) => expect(delimiterOf(text)).toBe(delimiter));

  test("each row knows the line it begins on, also after breaks in cells and empty lines", () => {
    const { rows } = parseTable('a,b\n1,"x\ny"\n\n2,z\n3\n', ",");
    expect(rows.map(({ line, cells }) => [line, cells.length])).toEqual([
      [2, 2],
      [5, 2],
      [6, 1],
    ]);
  });

  test("a quote that is never closed is told with its line", () => {
    expect(() => parseTable('a,b\n1,"open\n2,x\n', ",")).toThrow(/quotes of this file do not match up/);
  });

  test("a header alone is no table", () => expect(() => parseTable("a,b\n", ",")).toThrow(/no rows/));

  test("whatever is written comes back, and no cell begins like a formula", () => {
    const cell = fc.string().map((text) =>
      text
        .replaceAll("\0", "")
        .replace(/^[\s']+/, "")
        .trim(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.constant("end")), { minLength: 1 }), (rows) => {
        const text = writeCsv([["a", "b", "c"], ...rows]);
        expect(parseTable(text, ",").rows.map(({ cells }) => cells)).toEqual(rows);
        expect(text).not.toMatch(/(?:^|[,\n])"[=+\-@\t\r]/);
      }),
    );
  });
});

describe("values", () => {
  test.each([
    ["(303) 555-0104", "US", "+13035550104"],
    ["303.555.0104", "CA", "+13035550104"],
    ["+44 20 7946 0958", "US", "+442079460958"],
    ["020 7946 0958", "GB", "+442079460958"],
  ] as const)("the phone %s of %s is %s", (cell, country, phone) => expect(value(readPhone(cell, country))).toBe(phone));

  test.each(["12", "call me", "555"])("%s is no phone", (cell) => expect(readPhone(cell, "US")).toHaveProperty("problem"));

  test("an e-mail is kept in small letters, and half an address is none", () => {
    expect(value(readEmail("Orla@People.Example"))).toBe("orla@people.example");
    expect(readEmail("orla@")).toHaveProperty("problem");
  });

  test.each([
    ["1/2/2026", "mdy", "2026-01-02"],
    ["1/2/2026", "dmy", "2026-02-01"],
    ["2026-02-01", "dmy", "2026-02-01"],
    ["29.02.2024", "dmy", "2024-02-29"],
    ["2026/2/1 10:00", "ymd", "2026-02-01"],
  ] as const)("%s in the order %s is %s", (cell, order, date) => expect(value(readDate(cell, order))).toBe(date));

  test.each([
    ["2/29/2026", "mdy"],
    ["13/1/2026", "mdy"],
    ["1/2/26", "mdy"],
    ["soon", "ymd"],
  ] as const)("%s in the order %s is no date", (cell, order) => expect(readDate(cell, order)).toHaveProperty("problem"));

  test("a time of day is the club's, also on the days the clock is changed", () => {
    const at = (cell: string) => value(readInstant(cell, { order: "mdy", timeZone: "America/Denver" }));
    expect(at("11/20/2026")).toEqual(new Date("2026-11-20T07:00:00.000Z"));
    expect(at("7/1/2026 5:30 PM")).toEqual(new Date("2026-07-01T23:30:00.000Z"));
    expect(at("2026-11-01T12:00:00")).toEqual(new Date("2026-11-01T19:00:00.000Z"));
    expect(readInstant("11/20/2026 25:00", { order: "mdy", timeZone: "America/Denver" })).toHaveProperty("problem");
    expect(readInstant("11/20/2026 noon", { order: "mdy", timeZone: "America/Denver" })).toHaveProperty("problem");
  });

  test.each([
    ["$1,234.50", "point", 123_450n],
    ["1.234,5", "comma", 123_450n],
    ["(12.00)", "point", -1_200n],
    ["-12", "point", -1_200n],
    ["0.01", "point", 1n],
    ["CAD 39.99", "point", 3_999n],
  ] as const)("%s with a decimal %s is %s", (cell, decimal, minor) => expect(value(readMoney(cell, decimal))).toBe(minor));

  test.each(["12.345", "1,23", "ten", "1.2.3", ""])("%j is no amount", (cell) =>
    expect(readMoney(cell, "point")).toHaveProperty("problem"),
  );

  test("every amount comes back as it was written", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -99_999_999n, max: 99_999_999n }), (minor) => {
        const size = minor < 0n ? -minor : minor;
        const text = `${minor < 0n ? "-" : ""}$${(size / 100n).toLocaleString("en-US")}.${(size % 100n).toString().padStart(2, "0")}`;
        expect(value(readMoney(text, "point"))).toBe(minor);
      }),
    );
  });

  test("every day of the calendar is read in every order, and no other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1920, max: 2030 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const exists = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
          for (const [order, cell] of [
            ["mdy", `${month}/${day}/${year}`],
            ["dmy", `${day}.${month}.${year}`],
          ] as const) {
            expect("value" in readDate(cell, order)).toBe(exists);
          }
        },
      ),
    );
  });
});

describe("columns", () => {
  const table = parseTable(
    "Member ID,First Name,Last Name,Mobile Phone,Status,Join Date,Notes\n7,Orla,Ruiz,303-555-0104,Past Due,25/01/2026,x\n",
    ",",
  );

  test("are guessed from their names, dates from their cells, and what is unknown stays open", () => {
    expect(guessMapping({ table, country: "CA", remembered: null })).toMatchObject({
      columns: { memberNumber: 0, firstName: 1, lastName: 2, phone: 3, status: 4, joinedOn: 5 },
      dateOrder: "dmy",
      country: "CA",
      statusWords: { "past due": "past_due" },
    });
  });

  test("are remembered by name, in whatever order they come", () => {
    const mapping: MemberMapping = {
      columns: { lastName: 0, phone: 1 },
      dateOrder: "ymd",
      decimal: "comma",
      country: "GB",
      statusWords: {},
      defaultKind: "prospect",
    };
    const remembered = { headers: ["last name", "MOBILE PHONE"], mapping };
    expect(guessMapping({ table, country: "US", remembered })).toMatchObject({ ...mapping, columns: { lastName: 2, phone: 3 } });
  });
});

describe("rows", () => {
  const mapping: MemberMapping = {
    columns: { memberNumber: 0, fullName: 1, phone: 2, status: 3, balance: 4 },
    dateOrder: "mdy",
    decimal: "point",
    country: "US",
    statusWords: { active: "active", lead: "prospect" },
    defaultKind: "member",
  };
  const read = (...lines: string[]) =>
    readRows(parseTable(["no,name,phone,status,owes", ...lines].join("\n"), ","), {
      mapping,
      timeZone: "America/Denver",
      currency: "USD",
    }).map((row) => ("person" in row ? row.person : `${row.line}: ${row.reason}`));

  test("become people", () => {
    expect(read('7,"Ruiz, Orla",303-555-0104,Active,12.50', ",Ana Maria Lopez,303-555-0105,Lead,")).toMatchObject([
      {
        externalId: "7",
        kind: "member",
        firstName: "Orla",
        lastName: "Ruiz",
        phone: "+13035550104",
        status: "active",
        balanceMinor: 1_250n,
      },
      { externalId: expect.stringMatching(/^row:/), kind: "prospect", firstName: "Ana Maria", lastName: "Lopez", balanceMinor: null },
    ]);
  });

  test("or are refused, each with all its reasons and its line", () => {
    expect(
      read(
        "1,Orla,12,Gone,x",
        "2,,303-555-0104,,",
        ",Zoe,,,",
        "3,Kit,303-555-0104,,",
        "3,Lou,303-555-0106,,",
        "4,Max,303-555-0107",
        "row:x,Max,,,",
      ),
    ).toEqual([
      "2: “12” is no phone number; “x” is no amount with a decimal point".replace(
        "“12”",
        "nobody has said what the status “Gone” means; “12”",
      ),
      "3: has no name",
      "4: has neither a member number nor a phone or an e-mail",
      expect.objectContaining({ externalId: "3" }),
      "6: the same member number 3 stands on line 5 already",
      "7: has 3 cells where the header has 5",
      "8: this is no member number",
    ]);
  });
});
