import { TZDate } from "@date-fns/tz";
import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { z } from "zod";

import { standingOfWords } from "../_shared/gym-standing.ts";
import type { Standing } from "../_shared/gym-standing.ts";
import { ConnectorError } from "../errors.ts";
import type { VendorConsent, VendorMember } from "../ports.ts";
import type { Agreement, ConsentField, MemberRow } from "./schemas.ts";

export type MemberKind = VendorMember["kind"];

type Extras = {
  readonly kind: MemberKind;
  readonly timeZone: string;
  readonly agreement: z.output<typeof Agreement> | null;
  readonly visits: readonly Date[] | null;
  readonly consentFields: readonly ConsentField[];
};

export const toMember = (row: MemberRow, { kind, timeZone, agreement, visits, consentFields }: Extras): VendorMember => {
  const { status, debt } = standingOf(row);
  return {
    externalId: row.id,
    kind,
    firstName: row.firstName ?? "",
    lastName: row.lastName ?? "",
    phone: phoneOf(row.mobilePhone) ?? phoneOf(row.homePhone),
    email: row.email?.toLowerCase() ?? null,
    status,
    statusMessage: row.statusMessage ?? "",
    balanceMinor: balanceOf(debt, agreement),
    currency: row.country === "CA" ? "CAD" : "USD",
    joinedOn: dateOf(row.created),
    dateOfBirth: dateOf(row.dateOfBirth),
    lastVisitAt: row.lastVisit === null ? null : instantOf(row.lastVisit, timeZone),
    membershipType: row.contractTypes?.[0] ?? agreement?.agreementType ?? null,
    state: row.state,
    zip: row.zip,
    ...(visits === null ? {} : { visits }),
    ...(consentFields.length === 0 ? {} : { consents: consentFields.flatMap((field) => consentOf(row, { field, timeZone })) }),
  };
};

/** Only a plain yes or no with its date is a consent. */
const consentOf = (row: MemberRow, { field, timeZone }: { readonly field: ConsentField; readonly timeZone: string }): VendorConsent[] => {
  const [granted, since] = [row[field.field], row[field.dateField]];
  const at = typeof since === "string" ? instantOf(since, timeZone) : null;
  return typeof granted === "boolean" && at !== null
    ? [{ purpose: field.purpose, channel: field.channel, granted, source: `ClubHub: ${field.field}`, at }]
    : [];
};

export const standingOf = (row: Pick<MemberRow, "statusMessage">): Standing => standingOfWords(row.statusMessage);

const balanceOf = (debt: Standing["debt"], agreement: Extras["agreement"]): bigint | null => {
  if (agreement?.amountPastDue != null) {
    // Decimal dollars, as in the captured traffic.
    return BigInt(Math.round(agreement.amountPastDue * 100));
  }
  return debt === "none" ? 0n : null;
};

const phoneOf = (written: string | null): string | null => {
  const phone = parsePhoneNumberFromString(written ?? "", "US");
  return phone?.isPossible() === true ? phone.number : null;
};

/** The calendar part of a time written at midnight; the vendor's "never" is a day of the year one. */
const dateOf = (written: string | null): string | null => {
  const day = /^(\d{4}-\d{2}-\d{2})/.exec(written ?? "")?.[1];
  return day === undefined || day.startsWith("0001") ? null : day;
};

/** With an offset it is an instant; without one it is the club's wall clock. */
export const instantOf = (written: string, timeZone: string): Date | null => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(written);
  if (parts === null) {
    throw new ConnectorError("malformed", "ClubHub wrote a time in an unknown way");
  }
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "0", offset] = parts;
  if (year === "0001") {
    return null;
  }
  return offset === undefined
    ? new Date(new TZDate(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), timeZone).getTime())
    : new Date(written);
};
