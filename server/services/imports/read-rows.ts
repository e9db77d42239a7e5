import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import type { ImportField, MemberMapping } from "#server/domain/csv-import.ts";
import { sha256 } from "#server/platform/keys.ts";
import { readEach } from "#server/services/imports/read-each.ts";
import type { Table, TableRow } from "#server/services/imports/read-table.ts";
import { readDate, readEmail, readInstant, readMoney, readPhone, readWord, type Reading } from "#server/services/imports/values.ts";
import { isMadeId, MADE_ID_PREFIX } from "#server/services/members/identities.ts";
import { personKey } from "#server/services/members/same-person.ts";

export type ReadRow = TableRow & ({ readonly person: VendorMember } | { readonly reason: string });

type Settings = {
  readonly mapping: MemberMapping;
  readonly timeZone: string;
  readonly currency: VendorMember["currency"];
};

/** Each row as a person, or with the reason why it is none. Whoever stands there twice is refused the second time. */
export const readRows = (table: Table, settings: Settings): readonly ReadRow[] =>
  readEach(table, { noun: "person", idNoun: "member number", read: (cells) => readRow(cells, settings) }).map((row) => {
    if ("reason" in row) {
      return row;
    }
    const { item: person, ...place } = row;
    return { ...place, person };
  });

const readRow = (
  cells: readonly string[],
  { mapping, timeZone, currency }: Settings,
): { readonly item: VendorMember } | { readonly reason: string } => {
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
  const meaning = valueOf("status", (cell) => readWord(cell, { words: mapping.statusWords, what: "status" }));
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
  return reasons.length > 0 ? { reason: reasons.join("; ") } : { item: { ...said, externalId: number || madeId(said) } };
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
