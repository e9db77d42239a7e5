import {
  STATUS_WORDS_MAX_COUNT,
  type DateOrder,
  type ImportField,
  type MemberMapping,
  type PhoneCountry,
  type WordMeaning,
} from "#server/domain/csv-import.ts";
import type { Table } from "#server/services/imports/read-table.ts";

/** How the exports we have seen, and people, name their columns; compared without case, blanks and signs. */
const NAMES: Record<ImportField, readonly string[]> = {
  memberNumber: [
    "memberid",
    "membernumber",
    "memberno",
    "member",
    "agreementnumber",
    "agreementid",
    "customerid",
    "clientid",
    "id",
    "barcode",
  ],
  firstName: ["firstname", "first", "givenname", "forename"],
  lastName: ["lastname", "last", "surname", "familyname"],
  fullName: ["name", "fullname", "membername", "clientname", "customername"],
  phone: ["mobilephone", "cellphone", "mobile", "cell", "phone", "phonenumber", "telephone", "homephone"],
  email: ["email", "emailaddress", "mail"],
  status: ["status", "memberstatus", "statusmessage", "membershipstatus", "standing"],
  membershipType: ["membershiptype", "membership", "plan", "agreementtype", "contract", "contracttype"],
  balance: ["balance", "pastdue", "amountpastdue", "pastdueamount", "amountdue", "balancedue", "owed"],
  trainingBalance: ["trainingbalance", "trainingpastdue", "ptbalance", "trainingamountdue"],
  joinedOn: ["joined", "joindate", "joinedon", "startdate", "membersince", "created", "signupdate"],
  dateOfBirth: ["dateofbirth", "dob", "birthdate", "birthday"],
  lastVisit: ["lastvisit", "lastcheckin", "lastusage", "lastseen", "lastvisitdate"],
  state: ["state", "province", "region"],
  zip: ["zip", "zipcode", "postalcode", "postcode"],
};

const WORDS: Record<WordMeaning, readonly string[]> = {
  active: ["active", "ok", "current", "good standing", "in good standing", "member is in good standing", "comp", "comp member"],
  past_due: ["past due", "overdue", "delinquent", "past due 6-30 days", "past due more than 30 days"],
  frozen: ["frozen", "freeze", "on hold", "hold", "membership is frozen"],
  pay_per_visit: ["pay per visit", "ppv", "drop-in", "drop in", "pay per visit member"],
  pending_cancel: ["pending cancel", "cancelling", "canceling", "member is pending cancel"],
  cancelled: ["cancelled", "canceled", "expired", "inactive", "former", "ex-member", "account has been cancelled"],
  in_collections: ["collections", "in collections", "sent to collections"],
  other: ["staff", "staff member"],
  prospect: ["prospect", "lead", "guest", "trial"],
};

const MEANINGS = new Map(Object.entries(WORDS).flatMap(([meaning, words]) => words.map((word) => [word, meaning as WordMeaning] as const)));

type Remembered = { readonly headers: readonly string[]; readonly mapping: MemberMapping };

type Input = {
  readonly table: Table;
  readonly country: PhoneCountry;
  /** How the club has read its last table. */
  readonly remembered: Remembered | null;
};

/** What people would choose: as they chose it for columns of these names before, else by the names and the cells. */
export const guessMapping = ({ table, country, remembered }: Input): MemberMapping => {
  const before = remembered === null ? {} : rememberedColumns(table.headers, remembered);
  // A column that was there the last time and was left out stays out.
  const leftOut = new Set((remembered?.headers ?? []).map(folded));
  const guessed = { ...guessedColumns(table.headers, leftOut), ...before };
  const words = statusWordsOf(table, guessed.status);
  const known = remembered?.mapping.statusWords ?? {};
  const meanings = words.flatMap((word) => {
    const meaning = known[word] ?? MEANINGS.get(word.replace(/\.+$/, ""));
    return meaning === undefined ? [] : [[word, meaning] as const];
  });
  return {
    columns: guessed,
    dateOrder: remembered?.mapping.dateOrder ?? dateOrderOf(table, guessed),
    decimal: remembered?.mapping.decimal ?? "point",
    country: remembered?.mapping.country ?? country,
    statusWords: Object.fromEntries(meanings),
    defaultKind: remembered?.mapping.defaultKind ?? "member",
  };
};

/** The words of the status column, most frequent first; none where they are too many to be standings. */
export const statusWordsOf = ({ rows }: Table, column: number | undefined): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { cells } of column === undefined ? [] : rows) {
    const word = (cells[column ?? -1] ?? "").toLowerCase();
    if (word !== "") {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts.size > STATUS_WORDS_MAX_COUNT ? [] : [...counts].toSorted((a, b) => b[1] - a[1]).map(([word]) => word);
};

const folded = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, "");

const rememberedColumns = (headers: readonly string[], { headers: before, mapping }: Remembered): MemberMapping["columns"] =>
  Object.fromEntries(
    Object.entries(mapping.columns).flatMap(([field, column]) => {
      const index = headers.findIndex((header) => folded(header) === folded(before[column] ?? ""));
      return index === -1 ? [] : [[field, index]];
    }),
  );

const guessedColumns = (headers: readonly string[], leftOut: ReadonlySet<string>): MemberMapping["columns"] => {
  const free = new Map(headers.map((header, index) => [index, folded(header)] as const).filter(([, header]) => !leftOut.has(header)));
  const columns: MemberMapping["columns"] = {};
  for (const [field, names] of Object.entries(NAMES)) {
    const best = names.map((name) => [...free].find(([, header]) => header === name)).find((found) => found !== undefined);
    if (best !== undefined) {
      columns[field as ImportField] = best[0];
      free.delete(best[0]);
    }
  }
  return columns;
};

const DATE_FIELDS = ["joinedOn", "dateOfBirth", "lastVisit"] as const satisfies readonly ImportField[];

/** A number above twelve cannot be a month; where nothing tells, the American order. */
const dateOrderOf = ({ rows }: Table, columns: MemberMapping["columns"]): DateOrder => {
  const cells = rows.flatMap((row) => DATE_FIELDS.map((field) => row.cells[columns[field] ?? -1] ?? "")).filter((cell) => cell !== "");
  if (cells.some((cell) => /^\d{4}[./-]/.test(cell))) {
    return "ymd";
  }
  const firsts = cells.map((cell) => Number(/^(\d{1,2})[./-]/.exec(cell)?.[1] ?? 0));
  return firsts.some((first) => first > 12) ? "dmy" : "mdy";
};
