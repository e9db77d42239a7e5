import { expect, test } from "vitest";

import { type Aside, readAsides } from "../../../evals/train-asides/asides.ts";
import { encode } from "../../platform/sentence-encoder.ts";
import stored from "./answer-asides.json" with { type: "json" };
import { idleChance, tellingFeatures } from "./asides.ts";
import { openHead } from "../heads.ts";

/** Some nine hundred pieces are read, on a machine that may do other things. */
const READING_TIMEOUT_MS = 120_000;

const IDLE = openHead(stored.idle);
const HELD_BACK = readAsides("held-back");

const takenForIdle = async (asides: readonly Aside[]): Promise<readonly Aside[]> => {
  const features = await tellingFeatures(
    asides.map(({ told }) => told),
    encode,
  );
  return asides.filter((_, place) => {
    const own = features[place];
    return own !== undefined && idleChance(IDLE, own) >= stored.idleFrom;
  });
};

test.each([
  // What is ordinarily told, and what was written to be overlooked: 300 of its pieces matter.
  ["held-back", { idleMinCount: 115, overlookedMaxCount: 2 }],
  ["held-back-hard", { idleMinCount: 80, overlookedMaxCount: 10 }],
])(
  "of what writers told whom nothing was learnt from, idle talk is left out and what matters stays: %s",
  async (writer, { idleMinCount, overlookedMaxCount }) => {
    const idle = await takenForIdle(HELD_BACK.filter((aside) => aside.writer === writer));
    expect(idle.filter(({ matters }) => !matters).length).toBeGreaterThanOrEqual(idleMinCount);
    expect(idle.filter(({ matters }) => matters).length).toBeLessThanOrEqual(overlookedMaxCount);
  },
  READING_TIMEOUT_MS,
);
