import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import type { ImportField, MemberMapping } from "#server/domain/csv-import.ts";
import { sha256 } from "#server/platform/keys.ts";
import { CELL_MAX_CHARS } from "#server/services/imports/limits.ts";
import type { Table, TableRow } from "#server/services/imports/read-table.ts";
import { readDate, readEmail, readInstant, readMoney, readPhone, type Reading } from "#server/services/imports/values.ts";
import { isMadeId, MADE_ID_PREFIX } from "#server/services/members/identities.ts";
import { personKey } from "#server/services/members/same-person.ts";

export type ReadRow = TableRow & ({ readonly person: VendorMember } | { readonly reason: string });

type Settings = {
  readonly mapping: MemberMapping;
  readonly timeZone: string;
  readonly currency: VendorMember["currency"];
};

/** Each row as a person, or with the reason why it is none. Whoever stands there twice is refused the second time. */
export const readRows = ({ headers, rows }: Table, settings: Settings): readonly ReadRow[] => {
  const firstLines = new Map<string, number>();
  return rows.map((row) => {
    const read = readRow(row, { ...settings, columnCount: headers.length });
    if ("reason" in read) {
      return { ...row, ...read };
    }
    const firstLine = firstLines.get(read.person.externalId);
    if (firstLine !== undefined) {
      const what = isMadeId(read.person.externalId) ? "the same person" : `the same member number ${read.person.externalId}`;
      return { ...row, reason: `${what} stands on line ${firstLine} already` };
    }
    firstLines.set(read.person.externalId, row.line);
    return { ...row, ...read };
  });
};

type RowInput = Settings & { readonly columnCount: number };

const readRow = (
  { cells }: TableRow,
  { mapping, timeZone, currency, columnCount }: RowInput,
): { readonly person: VendorMember } | { readonly reason: string } => {
  if (cells.length !== columnCount) {
    return { reason: `has ${cells.length} cells where the header has ${columnCount}` };
  }
  if (cells.some((cell) => cell.length > CELL_MAX_CHARS)) {
    return { reason: `a cell is longer than ${CELL_MAX_CHARS} characters; is a quote missing?` };
  }
  const problems: string[] = [];
  const cellOf = (field: ImportField): string => cells[mapping.columns[field] ?? -1] ?? "";
  const valueOf = <T>(field: ImportField, read: (cell: string) => Reading<T>): T | null => {
    const cell = cellOf(field);
    const reading = cell === "" ? { value: null } : read(cell);
    if ("problem" in reading) {
      problems.push(reading.problem);
      return null;
    }
    return reading.value;
  };
  const date = (cell: string) => readDate(cell, mapping.dateOrder);
  const money = (cell: string) => readMoney(cell, mapping.decimal);
  const names = namesOf({ first: cellOf("firstName"), last: cellOf("lastName"), full: cellOf("fullName") });
  const standing = standingOf(cellOf("status"), mapping);
  if ("problem" in standing) {
    problems.push(standing.problem);
  }
  const meaning = "problem" in standing ? null : standing.value;
  const said = {
    ...names,
    kind: meaning === "prospect" ? ("prospect" as const) : meaning === null ? mapping.defaultKind : ("member" as const),
    phone: valueOf("phone", (cell) => readPhone(cell, mapping.country)),
    email: valueOf("email", readEmail),
    status: meaning === null || meaning === "prospect" ? ("other" as const) : meaning,
    statusMessage: cellOf("status"),
    balanceMinor: valueOf("balance", money),
    ...(mapping.columns.trainingBalance === undefined ? {} : { trainingBalanceMinor: valueOf("trainingBalance", money) }),
    currency,
    joinedOn: valueOf("joinedOn", date),
    dateOfBirth: valueOf("dateOfBirth", date),
    lastVisitAt: valueOf("lastVisit", (cell) => readInstant(cell, { order: mapping.dateOrder, timeZone })),
    membershipType: cellOf("membershipType") || null,
    state: cellOf("state") || null,
    zip: cellOf("zip") || null,
  };
  const number = cellOf("memberNumber");
  const lacking = lackOf({ ...said, number });
  const reasons = lacking === null ? problems : [...problems, lacking];
  return reasons.length > 0 ? { reason: reasons.join("; ") } : { person: { ...said, externalId: number || madeId(said) } };
};

type Said = Pick<VendorMember, "firstName" | "lastName" | "phone" | "email">;

const lackOf = ({ number, firstName, lastName, phone, email }: Said & { readonly number: string }): string | null => {
  if (isMadeId(number)) {
    return "this is no member number";
  }
  if (firstName === "" && lastName === "") {
    return "has no name";
  }
  return number === "" && phone === null && email === null ? "has neither a member number nor a phone or an e-mail" : null;
};

/** The same row again is the same person again. */
const madeId = (said: Said): string => `${MADE_ID_PREFIX}${sha256(JSON.stringify([personKey(said), said.phone, said.email])).slice(0, 32)}`;

/** "Ruiz, Orla" and "Orla Ruiz"; of several words the last is the family name. */
const namesOf = ({ first, last, full }: { readonly first: string; readonly last: string; readonly full: string }) => {
  if (first !== "" || last !== "" || full === "") {
    return { firstName: first, lastName: last };
  }
  const [family = "", given] = full.split(",", 2).map((part) => part.trim());
  if (given !== undefined) {
    return { firstName: given, lastName: family };
  }
  const words = full.split(/\s+/);
  return words.length === 1 ? { firstName: full, lastName: "" } : { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) ?? "" };
};

const standingOf = (cell: string, { statusWords }: MemberMapping): Reading<MemberMapping["statusWords"][string] | null> => {
  if (cell === "") {
    return { value: null };
  }
  const meaning = statusWords[cell.toLowerCase()];
  return meaning === undefined ? { problem: `nobody has said what the status “${cell}” means` } : { value: meaning };
};
