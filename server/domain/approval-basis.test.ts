import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { changesBetween, restsOn, type ApprovalBasis, type MemberBasis } from "#server/domain/approval-basis.ts";

const anyMember: fc.Arbitrary<MemberBasis> = fc.record({
  id: fc.constantFrom("mem_a", "mem_b", "mem_c"),
  currency: fc.constant("USD"),
  balanceMinor: fc.option(fc.bigInt({ min: 0n, max: 99_999n }).map(String), { nil: null }),
  accessState: fc.constantFrom("open", "locked", null),
  status: fc.constantFrom("active", "past_due", "cancelled"),
});
const anyBasis: fc.Arbitrary<ApprovalBasis> = fc.record({
  arguments: fc.dictionary(
    fc.constantFrom("text", "to", "payer", "amountMinor"),
    fc.oneof(fc.string(), fc.record({ a: fc.nat(), b: fc.nat() })),
  ) as fc.Arbitrary<ApprovalBasis["arguments"]>,
  members: fc.uniqueArray(anyMember, { selector: ({ id }) => id, maxLength: 3 }),
});

/** As the database gives it back: the same, its keys in another order. */
const shuffledKeys = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, entry]) => [key, shuffledKeys(entry)]),
      )
    : value;

describe("what has changed since somebody was asked", () => {
  test("of what stayed the same nothing is said, whatever the order of its keys", () => {
    fc.assert(
      fc.property(anyBasis, (basis) => {
        expect(changesBetween(basis, { ...basis, arguments: shuffledKeys(basis.arguments) as ApprovalBasis["arguments"] })).toEqual([]);
      }),
    );
  });

  test("every difference is said, one sentence each, and none is invented", () => {
    fc.assert(
      fc.property(anyBasis, anyBasis, (before, after) => {
        const keys = new Set([...Object.keys(before.arguments), ...Object.keys(after.arguments)]);
        let expected = 0;
        for (const key of keys) {
          const [left, right] = [before.arguments[key], after.arguments[key]];
          const isSame =
            left === right ||
            (typeof left === "object" &&
              typeof right === "object" &&
              Object(left).a === Object(right).a &&
              Object(left).b === Object(right).b);
          expected += isSame ? 0 : 1;
        }
        for (const member of before.members) {
          const now = after.members.find(({ id }) => id === member.id);
          expected +=
            now === undefined
              ? 1
              : [now.balanceMinor !== member.balanceMinor, now.accessState !== member.accessState, now.status !== member.status].filter(
                  Boolean,
                ).length;
        }
        expect(changesBetween(before, after)).toHaveLength(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test("it is said in words and figures of people", () => {
    const member: MemberBasis = { id: "mem_a", currency: "USD", balanceMinor: "4500", accessState: "open", status: "past_due" };
    expect(
      changesBetween(
        { arguments: { doorName: "Front" }, members: [member, { ...member, id: "mem_b" }] },
        { arguments: { doorName: "Back" }, members: [{ ...member, balanceMinor: "0", accessState: "locked", status: "active" }] },
      ),
    ).toEqual([
      "The door name was “Front” and is now “Back”.",
      "The balance was $45.00 and is now $0.00.",
      "The access was open and is now locked.",
      "The membership was past due and is now active.",
      "The member is no longer on the club's list.",
    ]);
  });
});

test("a deed rests on the facts that matter for it, and on no others", () => {
  const deed = (kind: string, purpose = "service", args = {}) => restsOn({ kind, purpose, arguments: args });
  expect(deed("message.send", "reply", { text: "We are open until ten." })).toEqual({ balance: false, access: false });
  expect(deed("message.send", "reply", { text: "You owe $45.00 by now." })).toEqual({ balance: true, access: false });
  expect(deed("message.send", "billing", { text: "A friendly note." })).toEqual({ balance: true, access: false });
  expect(deed("payLink.create")).toEqual({ balance: true, access: false });
  expect(deed("access.set")).toEqual({ balance: true, access: true });
  expect(deed("door.pulse")).toEqual({ balance: false, access: true });
  expect(deed("booking.book")).toEqual({ balance: false, access: true });
});
