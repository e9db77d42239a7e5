import { formatInTimeZone } from "#server/domain/local-time.ts";
import type { TakenRow } from "#server/services/imports/read-import.ts";

type Described = { readonly who: string; readonly said: readonly string[] };

/** A row as the preview shows it: what it is about, and what it says. Times are those of the club's clock. */
export const describeRow = (row: TakenRow, timeZone: string): Described => {
  if ("reason" in row) {
    return {
      who: row.cells
        .filter((cell) => cell !== "")
        .slice(0, 3)
        .join(", "),
      said: [row.reason],
    };
  }
  if ("booking" in row) {
    const { title, kind, startsAt, endsAt, place, status, personName, personEmail, personPhone, personExternalId } = row.booking;
    const when = `${formatInTimeZone(startsAt, timeZone, "EEE, MMM d, yyyy, h:mm a")} to ${formatInTimeZone(endsAt, timeZone, "h:mm a")}`;
    const person = personName ?? personEmail ?? personPhone ?? personExternalId;
    return { who: title, said: [kind, when, place, person, status.replaceAll("_", " ")].filter((word) => word !== null) };
  }
  const { firstName, lastName, phone, email, kind, status, balanceMinor, joinedOn, membershipType } = row.person;
  const owes = balanceMinor === null ? null : `owes ${(Number(balanceMinor) / 100).toFixed(2)}`;
  return {
    who: `${firstName} ${lastName}`.trim(),
    said: [
      kind === "prospect" ? "prospect" : status.replaceAll("_", " "),
      phone,
      email,
      membershipType,
      owes,
      joinedOn && `joined ${joinedOn}`,
    ].filter((word): word is string => word !== null && word !== ""),
  };
};
