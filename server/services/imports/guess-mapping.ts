import type { ImportField, MemberMapping, PhoneCountry, WordMeaning } from "#server/domain/csv-import.ts";
import { guessColumns, guessDateOrder, guessMeanings, wordsOf, type Remembered } from "#server/services/imports/guess-columns.ts";
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

type Input = {
  readonly table: Table;
  readonly country: PhoneCountry;
  readonly remembered: Remembered<MemberMapping> | null;
};

/** What people would choose: as they chose it for columns of these names before, else by the names and the cells. */
export const guessMapping = ({ table, country, remembered }: Input): MemberMapping => {
  const columns = guessColumns(table.headers, { names: NAMES, remembered });
  const last = remembered?.mapping;
  return {
    columns,
    dateOrder: last?.dateOrder ?? guessDateOrder(table, [columns.joinedOn, columns.dateOfBirth, columns.lastVisit]),
    decimal: last?.decimal ?? "point",
    country: last?.country ?? country,
    statusWords: guessMeanings(wordsOf(table, columns.status), { usual: WORDS, known: last?.statusWords ?? {} }),
    defaultKind: last?.defaultKind ?? "member",
  };
};
