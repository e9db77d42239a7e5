import { placeOfNumber } from "#server/domain/sending/area-codes.ts";
import { nextAllowedAt, openWeek, type QuietHours } from "#server/domain/sending/quiet-hours.ts";
import { zonesOfRegion } from "#server/domain/sending/regions.ts";

const PEOPLE_PER_AREA = 100;
const [FIRST_CODE, LAST_CODE] = [201, 989];

export type Area = { readonly code: string; readonly state: string };

type Wish = {
  readonly peopleCount: number;
  readonly at: Date;
  /** So long all of them must stay within the hours in which they may be written to. */
  readonly forMs: number;
  readonly quietHours: QuietHours;
  /** Codes that the demo's own people have. */
  readonly takenCodes: readonly string[];
};

/**
 * Area codes of the United States for so many people, all of whom may be written to from now until the bench is over: by the
 * clocks of their code and of their whole state. @throws with a sentence when it is too early or too late in too many states
 */
export const openAreas = ({ peopleCount, at, forMs, quietHours, takenCodes }: Wish): readonly Area[] => {
  const neededCount = Math.ceil(peopleCount / PEOPLE_PER_AREA);
  const codes = Array.from({ length: LAST_CODE - FIRST_CODE + 1 }, (_, index) => `${FIRST_CODE + index}`);
  const areas = codes.flatMap((code): readonly Area[] => {
    const place = placeOfNumber(`+1${code}5550100`);
    if (place === null || place.region === "CAN" || takenCodes.includes(code)) {
      return [];
    }
    const zones = [...new Set([...place.zones, ...zonesOfRegion(place.region)])];
    const week = openWeek({ regions: [place.region], quietHours, isText: true });
    const isOpen = (instant: Date): boolean => nextAllowedAt(instant, { zones, week })?.getTime() === instant.getTime();
    return isOpen(at) && isOpen(new Date(at.getTime() + forMs)) ? [{ code, state: place.region }] : [];
  });
  if (areas.length < neededCount) {
    throw new Error(
      `${peopleCount} people need ${neededCount} area codes with a hundred numbers each, and at ${at.toISOString()} only ${areas.length} lie where a text may be sent for the next ${Math.round(forMs / 60_000)} minutes. Between about 15:00 and 00:00 UTC there are enough, on Sundays from 18:00.`,
    );
  }
  // Spread over all states that are open, not the first few.
  return Array.from({ length: neededCount }, (_, index) => areas[Math.floor((index * areas.length) / neededCount)]).filter(
    (area) => area !== undefined,
  );
};

/** The number of each of the people, as the sandbox gives them out. */
export const numbersOf = (areas: readonly Area[], count: number): readonly string[] =>
  Array.from(
    { length: count },
    (_, index) =>
      `+1${areas[Math.floor(index / PEOPLE_PER_AREA)]?.code ?? ""}55501${(index % PEOPLE_PER_AREA).toString().padStart(2, "0")}`,
  );
