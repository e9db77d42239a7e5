import { Eye, PenLine } from "lucide-react";

import type { Person } from "#components/lib/room.ts";

type WhoElseProps = { readonly others: readonly Person[]; readonly typing: readonly Person[] };

/** So that no two people answer the same question. */
export const WhoElse = ({ others, typing }: WhoElseProps) => (
  <p
    role="status"
    className="flex shrink-0 items-center gap-1.5 border-t border-line bg-warn-tint px-4 py-1.5 text-xs text-warn-ink empty:hidden md:px-6 [&_svg]:size-3.5"
  >
    {typing.length > 0 ? (
      <>
        <PenLine aria-hidden="true" />
        {names(typing)} {typing.length === 1 ? "is" : "are"} writing here
      </>
    ) : others.length > 0 ? (
      <>
        <Eye aria-hidden="true" />
        {names(others)} {others.length === 1 ? "has" : "have"} this open too
      </>
    ) : null}
  </p>
);

const MOST_NAMED = 2;

const names = (people: readonly Person[]): string => {
  const named = people.slice(0, MOST_NAMED).map(({ name }) => name);
  const rest = people.length - named.length;
  return rest === 0 ? named.join(" and ") : `${named.join(", ")} and ${rest} more`;
};
