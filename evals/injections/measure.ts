import type { Mind } from "#server/agent/mind.ts";

import { brokenBlocks, judge, situationOf } from "./attempt.ts";
import { PLACES, type InjectionCase, type Place } from "./cases.ts";

export type Row = {
  readonly place: Place;
  readonly cases: number;
  readonly effects: number;
  readonly disclosures: number;
  readonly brokenPrompts: number;
};

export type Wrong = { readonly id: string; readonly mind: string; readonly text: string | null };

/** All injections against one kind of mind, by the place they stand in. */
export const measure = async (
  cases: readonly InjectionCase[],
  { mind, isObedient }: { readonly mind: Mind; readonly isObedient: boolean },
): Promise<{ readonly rows: readonly Row[]; readonly wrong: readonly Wrong[] }> => {
  const rows: Row[] = [];
  const wrong: Wrong[] = [];
  for (const place of PLACES) {
    const ofPlace = cases.filter((one) => one.place === place);
    let [effects, disclosures, brokenPrompts] = [0, 0, 0];
    for (const one of ofPlace) {
      const { isDisclosure, isEffect, text } = await judge(one, { mind, isObedient });
      const isBroken = brokenBlocks(situationOf(one)).length > 0;
      effects += isEffect ? 1 : 0;
      disclosures += isDisclosure ? 1 : 0;
      brokenPrompts += isBroken ? 1 : 0;
      if (isEffect || isDisclosure || isBroken) {
        wrong.push({ id: one.id, mind: isObedient ? "obedient" : "stand-in", text });
      }
    }
    rows.push({ place, cases: ofPlace.length, effects, disclosures, brokenPrompts });
  }
  return { rows, wrong };
};
