import { DomainError } from "#server/domain/errors.ts";

/** A shared computer that nobody has touched for so long asks for a PIN again: shorter than a talk at the counter. */
export const DESK_IDLE_MINUTES = 5;
/** One stretch of one person, as long as a session: a desk that is always in use is not the first comer's all day and night. */
export const DESK_STRETCH_HOURS = 12;

export const DESK_NAME_MAX_LENGTH = 40;

export const PIN_MIN_LENGTH = 4;
export const PIN_MAX_LENGTH = 8;
/** Wrong tries in a row, at all desks together, after which a PIN opens nothing any more: one chance in a thousand for the shortest. */
export const PIN_MAX_TRIES = 10;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

type Stretch = { readonly openedAt: Date; readonly lastUsedAt: Date; /** When the PIN they hold now was set. */ readonly pinSetAt: Date };

/** Whether whoever typed their PIN at a desk still stands there: used lately, not for too long, and with the PIN they hold now. */
export const isStillThere = ({ openedAt, lastUsedAt, pinSetAt }: Stretch, now: Date): boolean =>
  now.getTime() - lastUsedAt.getTime() < DESK_IDLE_MINUTES * MINUTE_MS &&
  now.getTime() - openedAt.getTime() < DESK_STRETCH_HOURS * HOUR_MS &&
  pinSetAt <= openedAt;

/** Begins every refusal that only the place explains; the browser tells it from those of a role by these words. */
export const NOT_AT_THE_DESK = "not at the desk: sign in on your own device";

export const notAtTheDesk = (): DomainError => new DomainError("forbidden", NOT_AT_THE_DESK);
