import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";

import { DEBT_SORTS, DEBT_STATES, DOOR_STATES } from "#server/domain/past-due/debt-list.ts";
import { TIERS } from "#server/domain/past-due/facts.ts";

/** Who is on the screen, in which order, and who is opened lives in the address bar. */
export const pastDueParams = {
  search: parseAsString.withDefault(""),
  state: parseAsStringLiteral(DEBT_STATES),
  tier: parseAsStringLiteral(TIERS),
  door: parseAsStringLiteral(DOOR_STATES),
  sort: parseAsStringLiteral(DEBT_SORTS).withDefault("due"),
  up: parseAsBoolean.withDefault(false),
  person: parseAsString,
};

type Values = {
  readonly search: string;
  readonly state: (typeof DEBT_STATES)[number] | null;
  readonly tier: (typeof TIERS)[number] | null;
  readonly door: (typeof DOOR_STATES)[number] | null;
  readonly sort: (typeof DEBT_SORTS)[number];
  readonly up: boolean;
};

/** What the list is asked for; the page and the screen ask alike, so that what was fetched on the server is found. */
export const listChoice = ({ door, search, sort, state, tier, up }: Values) => ({ search, state, tier, door, sort, isAscending: up });
