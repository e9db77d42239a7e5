import { isAtLeast } from "./permissions.ts";
import type { Role } from "./vocabulary.ts";

/** Somebody with access to the club now. */
export type Decider = { readonly userId: string; readonly role: Role };

/**
 * Whose votes count, in the order in which they were given: each person once, and only who may decide at this moment. Whoever has left,
 * or has a lesser role by now, counts for nothing.
 */
export const countingVotes = (
  userIds: readonly string[],
  { least, people }: { readonly people: readonly Decider[]; readonly least: Role },
): readonly string[] => {
  const deciders = new Set(people.filter(({ role }) => isAtLeast(role, least)).map(({ userId }) => userId));
  return [...new Set(userIds)].filter((userId) => deciders.has(userId));
};
