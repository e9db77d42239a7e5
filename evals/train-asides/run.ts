import { writeFileSync } from "node:fs";
import path from "node:path";

import { encode } from "#server/platform/sentence-encoder.ts";
import { idleChance, tellingFeatures } from "#server/understanding/answering/asides.ts";
import { FEATURE_COUNT } from "#server/understanding/features.ts";
import { openHead, type StoredHead } from "#server/understanding/heads.ts";
import { fitHead, type Row } from "../train/fit-head.ts";
import { say } from "../train/print.ts";
import { type Aside, readAsides } from "./asides.ts";

/**
 * `npm run train:asides`: how what is told beside a question and changes nothing of its answer is told from what does, by its words and their
 * meaning. Each fifth of the messages is judged by the weights of the others; the held-back ones have writers of their own.
 */
const FILE = path.resolve(import.meta.dirname, "../../server/understanding/answering/answer-asides.json");

/**
 * Of what is taken for idle, messages that were not learnt from counted, at most so many may matter. It is not all that stands between: an
 * answer has to be the same with and without what was told.
 */
const WRONG_SHARE = 0.02;
const FOLDS = 5;

/** What is told in a message, as the weights see it. */
type Piece = Row & { readonly aside: Aside };

const BATCH_SIZE = 64;

const piecesOf = async (asides: readonly Aside[]): Promise<readonly Piece[]> => {
  const all: Piece[] = [];
  for (let at = 0; at < asides.length; at += BATCH_SIZE) {
    const batch = asides.slice(at, at + BATCH_SIZE);
    const features = await tellingFeatures(
      batch.map((one) => one.told),
      encode,
    );
    all.push(
      ...batch.flatMap((aside, place) => {
        const own = features[place];
        return own === undefined ? [] : [{ aside, features: own, weight: 1 }];
      }),
    );
  }
  return all;
};

const fit = (all: readonly Piece[]): StoredHead =>
  fitHead(all, {
    labels: ["idle"],
    kind: "each",
    right: all.map(({ aside }) => (aside.matters ? [] : [0])),
    featureCount: FEATURE_COUNT,
  });

type Judged = { readonly aside: Aside; readonly chance: number };

const judge = (all: readonly Piece[], stored: StoredHead): readonly Judged[] => {
  const head = openHead(stored);
  return all.map(({ aside, features }) => ({ aside, chance: idleChance(head, features) }));
};

const isWrong = ({ aside }: Judged): boolean => aside.matters;

const thresholdFor = (judged: readonly Judged[]): number => {
  const steps = Array.from({ length: 100 }, (_, step) => step / 100);
  return (
    steps.find((from) => {
      const idle = judged.filter(({ chance }) => chance >= from);
      return idle.filter(isWrong).length <= WRONG_SHARE * idle.length;
    }) ?? 1
  );
};

const report = (name: string, judged: readonly Judged[], from: number): void => {
  const idle = judged.filter(({ chance }) => chance >= from);
  const all = judged.filter((one) => !isWrong(one)).length;
  const right = idle.length - idle.filter(isWrong).length;
  const share = ((100 * right) / Math.max(1, idle.length)).toFixed(1);
  say(`${name}: from ${from} ${idle.length} are taken for idle, ${right} of the ${all} that are, ${share} % rightly`);
};

const listWrong = (judged: readonly Judged[], from: number): void =>
  judged
    .filter((one) => isWrong(one) && one.chance >= from)
    .forEach(({ aside, chance }) => say(`  ${chance.toFixed(3)} ${aside.message.replaceAll("\n", " / ")}`));

const measured = readAsides("held-back");
const measuredPieces = new Set(measured.map((aside) => aside.told.toLowerCase()));
const learnt = await piecesOf(readAsides("learnt").filter((aside) => !measuredPieces.has(aside.told.toLowerCase())));
const judged = Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) =>
  judge(
    learnt.filter((_, place) => place % FOLDS === fold),
    fit(learnt.filter((_, place) => place % FOLDS !== fold)),
  ),
);
const idleFrom = thresholdFor(judged);
const weights = fit(learnt);
for (const from of [0.5, 0.7, 0.9, idleFrom]) {
  report("by the weights of others", judged, from);
}
listWrong(judged, idleFrom);
const heldBack = judge(await piecesOf(measured), weights);
for (const writer of new Set(heldBack.map(({ aside }) => aside.writer))) {
  const own = heldBack.filter(({ aside }) => aside.writer === writer);
  report(writer, own, idleFrom);
  listWrong(own, idleFrom);
}
writeFileSync(FILE, `${JSON.stringify({ idleFrom, idle: weights })}\n`);
