import type { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { ConnectorContext } from "../ports.ts";
import { ApiAccount, CalendarAccount, ClubOsAccount, OlderAccount, Surfaces } from "./schemas.ts";

export type OpenSurfaces = {
  readonly site: ClubOsAccount | null;
  readonly api: ApiAccount | null;
  readonly older: OlderAccount | null;
  readonly calendar: CalendarAccount | null;
  readonly hasPeople: boolean;
  readonly hasTraining: boolean;
};

/** Which surfaces a connection has turned on. One that is turned on and not filled in is refused, not left out. */
export const surfacesOf = (context: ConnectorContext): OpenSurfaces => {
  // A form that was left empty stores empty texts.
  const given = Object.fromEntries(Object.entries({ ...context.settings, ...context.credentials }).filter(([, value]) => value !== ""));
  const on = filled(Surfaces, given);
  return {
    site: on.staffSite === "on" ? filled(ClubOsAccount, given) : null,
    api: on.apiKey === undefined ? null : filled(ApiAccount, given),
    older: on.v1Username === undefined ? null : filled(OlderAccount, given),
    calendar: on.calendarUrl === undefined ? null : filled(CalendarAccount, given),
    hasPeople: on.people === "on",
    hasTraining: on.training === "on",
  };
};

/** The cause is left out: it would hold what was typed, and a calendar's address is a secret. */
const filled = <T>(schema: z.ZodType<T>, given: Readonly<Record<string, string | undefined>>): T => {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new ConnectorError("unauthorized", `the ClubOS connection is not filled in completely: ${fields}`);
  }
  return parsed.data;
};
