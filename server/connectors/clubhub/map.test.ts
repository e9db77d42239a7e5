import { describe, expect, test } from "vitest";

import { instantOf, standingOf, toMember } from "./map.ts";
import { MemberRow } from "./schemas.ts";

describe("standings", () => {
  test.each([
    ["Past Due 6-30 days", "past_due"],
    ["Past Due more than 30 days.", "past_due"],
    ["Past Due more than 30 days", "past_due"],
    ["Invalid/Bad Address information.", "active"],
    ["Sent to Collections", "in_collections"],
    ["Not past due 6-30 days ago", "other"],
    ["", "other"],
  ])("%s is %s", (statusMessage, status) => {
    expect(standingOf({ statusMessage }).status).toBe(status);
  });
});

describe("times", () => {
  test("a time without an offset is the club's wall clock", () => {
    expect(instantOf("2026-07-01T18:30:00", "America/Denver")).toEqual(new Date("2026-07-02T00:30:00Z"));
  });

  test("the vendor's never is no time", () => {
    expect(instantOf("0001-01-01T00:00:00", "America/Denver")).toBeNull();
  });

  test("a time in another shape is a change of the vendor's", () => {
    expect(() => instantOf("07/01/2026", "America/Denver")).toThrow("unknown way");
  });
});

test("cents come out exact where decimal dollars do not", () => {
  const row = MemberRow.parse({ id: 20, statusMessage: "Past Due 6-30 days", firstName: "Pat" });
  const member = toMember(row, {
    kind: "member",
    timeZone: "UTC",
    agreement: { amountPastDue: 1.15, agreementType: null },
    visits: null,
    consentFields: [],
  });
  expect(member).toMatchObject({ externalId: "20", balanceMinor: 115n, phone: null, lastName: "" });
});
