import { writeFileSync } from "node:fs";
import path from "node:path";

import type { Encode } from "#server/domain/sentence-vectors.ts";
import { encode as encodeAnew } from "#server/platform/sentence-encoder.ts";
import { storeVectors } from "#server/understanding/answering/bridge.ts";
import { scoreOf } from "#server/understanding/answering/score.ts";
import { openTowers, storeTowers, type Towers } from "#server/understanding/answering/towers.ts";
import { type Club, readClubs } from "../knowledge/clubs.ts";
import { fitLogistic, fitRanking, type Logistic } from "../knowledge/fit.ts";
import { type Chosen, chosenFor } from "../knowledge/judged.ts";
import { bridgeOf, encodeAll, type Sample, samplesOf } from "../knowledge/samples.ts";
import { say } from "../train/print.ts";
import { fitTowers, type Pairs, type Side } from "./fit-towers.ts";
import { readTopics, type Topic } from "./topics.ts";

/**
 * `npm run train:answers`: the towers from the topics, then ranking, certainty and thresholds from the tuning clubs, each of them judged by
 * the weights of the others. Everything is drawn from fixed seeds: the same corpora give the same files.
 */
const HERE = path.resolve(import.meta.dirname, "../../server/understanding/answering");

/** What counts more or less when certainty is fitted: real gaps are rare and matter most, made ones are many and easier. */
const WEIGHT = { answerable: 1, unanswerable: 2, taken: 0.15 } as const;
const DAMPING = 0.005;

/** Of what would be sent on clubs that the weights had not seen, answers in vain among it, at most this share may be wrong. */
const WRONG_SHARE = 0.02;
/** And so much is put on top, because the words of other clubs are stranger: less of it let held-back gaps be answered. */
const MARGIN = 0.18;
/** The same for a draft to a question that has an answer; a person stands behind it. */
const WRONG_SHARE_OF_DRAFTS = 0.07;
/** Below this nearly all are questions that the articles do not answer. */
const LIKELY_LEAST = 0.25;

/** Clubs of single sentences, made for the breadth of their questions: too often another sentence answers as well. */
const PHRASES = "Everyday questions";

const known = new Map<string, Float32Array>();

/** Most texts are met many times: with and without an article, and in the bridges of all other clubs. */
const encode: Encode = async (texts) => {
  const missing = [...new Set(texts.filter((text) => !known.has(text)))];
  const vectors = await encodeAnew(missing);
  missing.forEach((text, place) => known.set(text, vectors[place] ?? new Float32Array()));
  return texts.map((text) => known.get(text) ?? new Float32Array());
};

type Prepared = { readonly club: Club; readonly samples: readonly Sample[]; readonly chosen: readonly Chosen[] };

const rankingFrom = (samples: readonly Sample[]): readonly number[] =>
  fitRanking(
    samples
      .filter(({ isRight, kind }) => kind === "answerable" && isRight.includes(true))
      .map(({ candidates, isRight }) => ({ rows: candidates.map(({ features }) => features), isRight })),
  );

const certaintyFrom = (chosen: readonly Chosen[]): Logistic =>
  fitLogistic(
    chosen.map(({ choice, isRight, sample }) => ({ features: choice.features, isRight, weight: WEIGHT[sample.kind] })),
    DAMPING,
  );

const sidesOf = async (texts: readonly string[]): Promise<readonly Side[]> => {
  const vectors = await encodeAll(texts, encode);
  return texts.flatMap((text, place) => {
    const vector = vectors[place];
    return vector === undefined ? [] : [{ text, vector }];
  });
};

/** "gift_cards_expire" would stand in an article called "Gift". */
const titleOf = ({ topic }: Topic): string => topic.replace(/_.*/, "").replace(/^./, (letter) => letter.toUpperCase());

/** Every other statement under a title, as sentences of articles are read. */
const pairsOf = async (topic: Topic): Promise<Pairs> => ({
  questions: await sidesOf(topic.questions),
  statements: await sidesOf(topic.statements.map((statement, place) => (place % 2 === 0 ? statement : `${titleOf(topic)}: ${statement}`))),
});

/** Every club as the weights of the others see it. */
const prepare = async (clubs: readonly Club[], towers: Towers): Promise<readonly Prepared[]> => {
  const seen: { readonly club: Club; readonly samples: readonly Sample[]; readonly bridge: Awaited<ReturnType<typeof bridgeOf>> }[] = [];
  for (const club of clubs) {
    const others = clubs.filter((other) => other !== club);
    const bridge = await bridgeOf(others, encode);
    seen.push({ club, bridge, samples: await samplesOf(club, { encode, bridge, towers }) });
  }
  return seen.map(({ bridge, club, samples }) => {
    const ranking = rankingFrom(seen.flatMap((other) => (other.club === club ? [] : other.samples)));
    return { club, samples, chosen: samples.flatMap((sample) => chosenFor(sample, { ranking, bridge })) };
  });
};

type Scored = { readonly isRight: boolean; readonly isAnswerable: boolean; readonly score: number };

/** What the questions of real clubs would score, were each of them new. */
const scoresOf = (prepared: readonly Prepared[]): readonly Scored[] =>
  prepared
    .filter(({ club }) => !club.club.startsWith(PHRASES))
    .flatMap(({ chosen, club }) => {
      const certainty = certaintyFrom(prepared.flatMap((other) => (other.club === club ? [] : other.chosen)));
      return chosen
        .filter(({ sample }) => sample.kind !== "taken")
        .map(({ choice, isRight, sample }) => ({
          isRight,
          isAnswerable: sample.kind === "answerable",
          score: scoreOf(sample.question, { choice, certainty }),
        }));
    });

const thresholdFor = (scored: readonly Scored[], wrongShare: number): number => {
  const steps = Array.from({ length: 100 }, (_, step) => step / 100);
  return (
    steps.find((from) => {
      const sent = scored.filter(({ score }) => score >= from);
      return sent.filter(({ isRight }) => !isRight).length <= wrongShare * sent.length;
    }) ?? 1
  );
};

const write = (file: string, content: unknown): void => {
  const text = `${JSON.stringify(content)}\n`;
  writeFileSync(path.join(HERE, file), text);
  say(`${file}: ${Math.round(text.length / 1_000)} kB`);
};

const topics = readTopics();
const pairs: Pairs[] = [];
for (const topic of topics) {
  pairs.push(await pairsOf(topic));
}
say(`${topics.length} topics, ${pairs.reduce((sum, { questions, statements }) => sum + questions.length + statements.length, 0)} texts`);
const storedTowers = storeTowers(fitTowers(pairs, say));
const towers = openTowers(storedTowers);
const clubs = readClubs("tuning");
const prepared = await prepare(clubs, towers);
const scored = scoresOf(prepared);
for (const from of [0.5, 0.6, 0.7, 0.8, 0.9]) {
  const sent = scored.filter(({ score }) => score >= from);
  say(
    `from ${from}: ${sent.length} of ${scored.length} sent, ${((100 * sent.filter(({ isRight }) => isRight).length) / sent.length).toFixed(1)} % right`,
  );
}
const certainFrom = Math.min(0.95, Math.round((thresholdFor(scored, WRONG_SHARE) + MARGIN) * 100) / 100);
const likelyFrom = Math.max(
  LIKELY_LEAST,
  thresholdFor(
    scored.filter(({ isAnswerable }) => isAnswerable),
    WRONG_SHARE_OF_DRAFTS,
  ),
);
say(`certain from ${certainFrom}, likely from ${likelyFrom}`);
const bridge = await bridgeOf(clubs, encode);
write("answer-towers.json", storedTowers);
write("answer-bridge.json", {
  questions: storeVectors(bridge.questions),
  answerOf: bridge.answerOf,
  answers: storeVectors(bridge.answers),
});
write("answer-weights.json", {
  ranking: rankingFrom(prepared.flatMap(({ samples }) => samples)),
  certainty: certaintyFrom(prepared.flatMap(({ chosen }) => chosen)),
  certainFrom,
  likelyFrom,
});
