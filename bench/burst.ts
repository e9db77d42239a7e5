import type { DemoClub } from "../prisma/demo.ts";
import { plainMembers, questionAt } from "./members.ts";

export type PlannedText = { readonly club: DemoClub; readonly from: string; readonly text: string; readonly afterMs: number };

/** Of seven members four write once, two twice and one three times: seven members, eleven messages. */
const TEXTS_PER_MEMBER = [1, 2, 1, 3, 1, 2, 1] as const;
/** Between two messages of one member: well inside the burst window. */
const SAME_MEMBER_MS = 900;

/** So many messages by members of all clubs, in bursts of one to three, spread evenly over the time. */
export const planBurst = (
  clubs: readonly DemoClub[],
  { count, overMs }: { readonly count: number; readonly overMs: number },
): readonly PlannedText[] => {
  const senders = clubs.flatMap((club) =>
    plainMembers(club, membersFor(Math.ceil(count / clubs.length))).map((member, place) => ({ club, member, place })),
  );
  // Clubs take turns, so that all of them are busy at the moment of the crash.
  const inTurn = senders.toSorted((a, b) => a.place - b.place);
  const texts = inTurn.flatMap(({ club, member, place }, sender) =>
    Array.from({ length: textsOf(place) }, (_, index) => ({
      club,
      from: member.phone,
      text: questionAt(place * 3 + index),
      afterMs: Math.round((sender / inTurn.length) * overMs) + index * SAME_MEMBER_MS,
    })),
  );
  return texts.slice(0, count).toSorted((a, b) => a.afterMs - b.afterMs);
};

const textsOf = (place: number): number => TEXTS_PER_MEMBER[place % TEXTS_PER_MEMBER.length] ?? 1;

const membersFor = (textCount: number): number => {
  let memberCount = 0;
  for (let planned = 0; planned < textCount; memberCount += 1) {
    planned += textsOf(memberCount);
  }
  return memberCount;
};
