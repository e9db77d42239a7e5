import { TZDate } from "@date-fns/tz";
import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { z } from "zod";

import type { MemberStatus } from "#server/domain/vocabulary.ts";
import { ConnectorError } from "../errors.ts";
import type { VendorMember } from "../ports.ts";
import type { Agreement, MemberRow } from "./schemas.ts";

type Standing = {
  readonly status: MemberStatus;
  /** Whether the agreement is asked for what is owed, or the words already say that nothing is. */
  readonly debt: "ask" | "none" | "unsaid";
};

const UNKNOWN: Standing = { status: "other", debt: "unsaid" };

/**
 * The vendor's words for a standing (seen in 2025, except the frozen ones, which are a guess). Compared whole, without
 * case and without the full stops that come and go; anything else is `other`, and its words are kept.
 */
const STANDING_OF: Readonly<Record<string, Standing>> = {
  "member is in good standing": { status: "active", debt: "none" },
  "in good standing": { status: "active", debt: "none" },
  "past due 6-30 days": { status: "past_due", debt: "ask" },
  "past due more than 30 days": { status: "past_due", debt: "ask" },
  "sent to collections": { status: "in_collections", debt: "ask" },
  "invalid billing information": { status: "active", debt: "ask" },
  "invalid/bad address information": { status: "active", debt: "unsaid" },
  "pay per visit member": { status: "pay_per_visit", debt: "unsaid" },
  "member is pending cancel": { status: "pending_cancel", debt: "unsaid" },
  "account has been cancelled": { status: "cancelled", debt: "unsaid" },
  expired: { status: "cancelled", debt: "unsaid" },
  "comp member": { status: "active", debt: "none" },
  "staff member": { status: "other", debt: "none" },
  "membership is frozen": { status: "frozen", debt: "unsaid" },
  "member is frozen": { status: "frozen", debt: "unsaid" },
};

export type MemberKind = VendorMember["kind"];

type Extras = {
  readonly kind: MemberKind;
  readonly timeZone: string;
  readonly agreement: z.output<typeof Agreement> | null;
  readonly visits: readonly Date[] | null;
};

export const toMember = (row: MemberRow, { kind, timeZone, agreement, visits }: Extras): VendorMember => {
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
  };
};

export const standingOf = (row: Pick<MemberRow, "statusMessage">): Standing => {
  const words = (row.statusMessage ?? "").trim().replace(/\.+$/, "").toLowerCase();
  return STANDING_OF[words] ?? UNKNOWN;
};

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
