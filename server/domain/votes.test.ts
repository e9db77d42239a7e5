import fc from "fast-check";
import { expect, test } from "vitest";

import { isAtLeast } from "./permissions.ts";
import { countingVotes } from "./votes.ts";
import { ROLES } from "./vocabulary.ts";

test("each person counts once, only with the role it takes, and in the order of the votes", () => {
  const anyId: fc.Arbitrary<string> = fc.constantFrom("a", "b", "c", "d");
  const anyPeople = fc.uniqueArray(fc.record({ userId: anyId, role: fc.constantFrom(...ROLES) }), { selector: ({ userId }) => userId });
  fc.assert(
    fc.property(fc.array(anyId, { maxLength: 8 }), anyPeople, fc.constantFrom(...ROLES), (votes, people, least) => {
      const counted = countingVotes(votes, { people, least });
      expect(new Set(counted).size).toBe(counted.length);
      for (const userId of ["a", "b", "c", "d"]) {
        const role = people.find((one) => one.userId === userId)?.role;
        expect(counted.includes(userId)).toBe(votes.includes(userId) && role !== undefined && isAtLeast(role, least));
      }
      expect(counted.map((userId) => votes.indexOf(userId))).toEqual(
        counted.map((userId) => votes.indexOf(userId)).toSorted((left, right) => left - right),
      );
    }),
  );
});
