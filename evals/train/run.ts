import { writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { readText } from "#server/understanding/features.ts";
import { openWeights, type StoredWeights, type Weights } from "#server/understanding/heads.ts";
import { judge } from "#server/understanding/judge.ts";
import { encode } from "#server/platform/sentence-encoder.ts";
import { ablation } from "./ablation.ts";
import { calibrationOf, thresholdsOf } from "./calibrate.ts";
import { type Example, readCorpus } from "./corpus.ts";
import { fitWeights, isKnownQuestion } from "./fit-weights.ts";
import { inConversation } from "./in-conversation.ts";
import { judgeAll, measure } from "./measure.ts";
import { plotReliability } from "./plot.ts";
import { crossValidate } from "./raw.ts";
import { describeFigures, say } from "./print.ts";
import { withoutResembling } from "./resemblance.ts";
import { samplesOf } from "./samples.ts";

/**
 * `npm run train`: fits the weights of `server/understanding` to `evals/corpus/train` and says how good they are: on dev
 * (each message judged by weights fitted without it, five folds) and on the held-back part, which nothing is chosen by.
 * Thresholds and calibration come from dev. `-- --ablation` fits nothing that ships: it compares the kinds of features by
 * leaving each out, and takes as long again.
 */
const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");
const WEIGHTS_FILE = path.join(PROJECT_DIR, "server/understanding/weights.json");
const RESULTS_DIR = path.join(PROJECT_DIR, "evals/results");
/** Any number: which of the club's words stands before which message of the held-back part. */
const CONVERSATION_SEED = 5;
const TIMED_COUNT = 200;

const main = async (): Promise<void> => {
  const heldBack = readCorpus("held-back");
  const whole = readCorpus("train");
  const training = withoutResembling(whole, heldBack);
  say(
    `${training.length} messages to train on (${whole.length - training.length} left out that resemble held-back ones), ${heldBack.length} held back`,
  );
  const samples = await samplesOf(training);
  const raws = (await crossValidate(samples)).filter(({ sample }) => !isKnownQuestion(sample));
  const tuned = { calibration: calibrationOf(raws), thresholds: thresholdsOf(raws) };
  const stored: StoredWeights = { ...(await fitWeights(samples)), ...tuned };
  const text = `${JSON.stringify(stored, null, 2)}\n`;
  writeFileSync(WEIGHTS_FILE, text);
  const weights = openWeights(stored);
  const devJudged = raws.flatMap((raw) =>
    judgeAll([raw.sample], { ...raw.weights, calibration: weights.calibration, thresholds: weights.thresholds }),
  );
  const dev = measure(devJudged);
  const held = measure(judgeAll(await samplesOf(heldBack), weights));
  const heldInConversation = measure(judgeAll(await samplesOf(asInConversation(heldBack)), weights));
  say(describeFigures("dev (five folds)", dev, { hasSubIntents: false }));
  say(describeFigures("held-back", held));
  say(describeFigures("held-back, with any words of the club before", heldInConversation, { isShort: true }));
  const milliseconds = await timeEach(heldBack, weights);
  say(`milliseconds a text: p50 ${milliseconds.p50}, p95 ${milliseconds.p95}; without the encoder p50 ${milliseconds.p50WithoutEncoder}`);
  say(`weights: ${Math.round(text.length / 1_000)} kB; thresholds ${JSON.stringify(tuned.thresholds)}`);
  const results = {
    messages: { training: training.length, heldBack: heldBack.length },
    dev,
    held,
    heldInConversation,
    milliseconds,
    thresholds: tuned.thresholds,
  };
  writeFileSync(path.join(RESULTS_DIR, "understanding.json"), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(path.join(RESULTS_DIR, "understanding.svg"), plotReliability({ dev: dev.reliability, held: held.reliability }));
};

/** Each message once, after some words of the club where it can stand after any. */
const asInConversation = (examples: readonly Example[]): readonly Example[] => {
  const repeated = new Map(
    inConversation(examples, CONVERSATION_SEED).flatMap((example) =>
      example.clubAsked === null ? [] : [[example.text, example] as const],
    ),
  );
  return examples.map((example) => (example.clubAsked === null ? (repeated.get(example.text) ?? example) : example));
};

type Timed = { readonly p50: number; readonly p95: number; readonly p50WithoutEncoder: number };

/** One after the other, as messages come. */
const timeEach = async (examples: readonly Example[], weights: Weights): Promise<Timed> => {
  const some = examples.slice(0, TIMED_COUNT);
  const whole: number[] = [];
  for (const { clubAsked, text } of some) {
    const start = performance.now();
    const [vector = null] = await encode([text]);
    judge({ text, clubAsked, vector }, { read: readText(text), weights });
    whole.push(performance.now() - start);
  }
  const reading = (await samplesOf(some)).map((sample) => {
    const start = performance.now();
    judgeAll([sample], weights);
    return performance.now() - start;
  });
  return { p50: at(whole, 0.5), p95: at(whole, 0.95), p50WithoutEncoder: at(reading, 0.5) };
};

const at = (values: readonly number[], share: number): number =>
  Math.round((values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? 0) * 10) / 10;

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

/** Which kinds of features earn their place. */
const compare = async (): Promise<void> => {
  const samples = await samplesOf(withoutResembling(readCorpus("train"), readCorpus("held-back")));
  const ablated = await ablation(samples);
  say(
    ablated
      .map(({ left, accuracy, macroF1 }) => `${left.padEnd(28)} accuracy ${percent(accuracy)}  macro-F1 ${percent(macroF1)}`)
      .join("\n"),
  );
  writeFileSync(path.join(RESULTS_DIR, "understanding-ablation.json"), `${JSON.stringify(ablated, null, 2)}\n`);
};

await (process.argv.includes("--ablation") ? compare() : main());
