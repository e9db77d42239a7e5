import { ChangeList } from "#components/policy/change-list.tsx";
import type { ClubDifferences } from "#components/policy/policy-types.ts";

type ClubDifferenceListProps = { readonly clubs: readonly ClubDifferences[]; readonly nothing: string };

/** Club by club, each opening to its settings. */
export const ClubDifferenceList = ({ clubs, nothing }: ClubDifferenceListProps) => (
  <ul className="divide-y divide-line">
    {clubs.map(({ clubId, name, differences }) => (
      <li key={clubId} className="py-2">
        {differences.length === 0 ? (
          <p className="flex justify-between gap-3 text-sm">
            <span>{name}</span>
            <span className="text-ink-3">{nothing}</span>
          </p>
        ) : (
          <details>
            <summary className="cursor-pointer text-sm">
              <span className="font-semibold">{name}</span>
              <span className="text-ink-2"> · {differences.length === 1 ? "1 setting" : `${differences.length} settings`}</span>
            </summary>
            <div className="mt-2 pl-4">
              <ChangeList differences={differences} nothing={nothing} />
            </div>
          </details>
        )}
      </li>
    ))}
  </ul>
);
