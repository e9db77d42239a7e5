import { writeFileSync } from "node:fs";
import path from "node:path";

import { type Encode, writeVectors } from "#server/domain/sentence-vectors.ts";
import { encode as encodeAnew } from "#server/platform/sentence-encoder.ts";
import { asEncoded } from "#server/understanding/answering/read-question.ts";
import { hasFewQuestions, scoreOf } from "#server/understanding/answering/score.ts";
import keptTowers from "#server/understanding/answering/answer-towers.json" with { type: "json" };
import { openTowers, type StoredTowers, storeTowers, type Towers } from "#server/understanding/answering/towers.ts";
import { withoutCourtesies } from "#server/understanding/courtesies.ts";
import { type Club, readClubs } from "../knowledge/clubs.ts";
import { fitLogistic, fitRanking, type Logistic } from "../knowledge/fit.ts";
import { type Chosen, type ChosenAsked, chosenFor } from "../knowledge/judged.ts";
import { withoutAsked } from "../knowledge/asked.ts";
import { crossedSamplesOf } from "../knowledge/crossed.ts";
import { bridgeOf, encodeAll, type Sample, samplesOf } from "../knowledge/samples.ts";
import { say } from "../train/print.ts";
import { askedCertaintyFrom, chosenAsked, fitAsked } from "./fit-asked.ts";
import { fitTowers, type Pairs, type Side } from "./fit-towers.ts";
import { readTopics, type Topic } from "./topics.ts";

/**
 * `npm run train:answers`: the towers from the topics, then ranking, certainty and thresholds from the tuning clubs, each of them judged by
 * the weights of the others. Everything is drawn from fixed seeds: the same corpora give the same files. `-- keep-towers` learns all but the
 * towers, which take longest and change with the topics only.
 */
const HERE = path.resolve(import.meta.dirname, "../../server/understanding/answering");

/** What counts more or less when certainty is fitted: real gaps are rare and matter most, made ones are many and easier. */
const WEIGHT = { answerable: 1, unanswerable: 2, taken: 0.15 } as const;
const DAMPING = 0.005;

/** Of what would be sent on clubs that the weights had not seen, answers in vain among it, at most this share may be wrong. */
const WRONG_SHARE = 0.02;
/** And so much is put on top, because the words of other clubs are stranger: less of it let held-back gaps be answered. */
const MARGIN = 0.18;
/** The same of what is told to a question like a known one. Two in five of those questions have no answer, many more than clubs get. */
const ASKED_WRONG_SHARE = 0.02;
/** The same for a draft to a question that has an answer; a person stands behind it. */
const WRONG_SHARE_OF_DRAFTS = 0.07;
/** Below this nearly all are questions that the articles do not answer. */
const LIKELY_LEAST = 0.25;

/** Clubs of single sentences, made for the breadth of their questions: too often another sentence answers as well. */
const PHRASES = "Everyday questions";

const encoded = new Map<string, Float32Array>();

/** Most texts are met many times: with and without an article, and in the bridges of all other clubs. */
const encode: Encode = async (texts) => {
  const missing = [...new Set(texts.filter((text) => !encoded.has(text)))];
  const vectors = await encodeAnew(missing);
  missing.forEach((text, place) => encoded.set(text, vectors[place] ?? new Float32Array()));
  return texts.map((text) => encoded.get(text) ?? new Float32Array());
};

type Prepared = {
  readonly club: Club;
  readonly samples: readonly Sample[];
  /** By which it is learnt what makes two questions alike, and how sure that is. */
  readonly crossed: readonly Sample[];
  readonly chosen: readonly Chosen[];
  readonly chosenAsked: readonly ChosenAsked[];
};

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

const sidesOf = async (texts: readonly string[], encodedOf = (text: string): string => text): Promise<readonly Side[]> => {
  const vectors = await encodeAll(texts.map(encodedOf), encode);
  return texts.flatMap((text, place) => {
    const vector = vectors[place];
    return vector === undefined ? [] : [{ text, vector }];
  });
};

/** "gift_cards_expire" would stand in an article called "Gift". */
const titleOf = ({ topic }: Topic): string => topic.replace(/_.*/, "").replace(/^./, (letter) => letter.toUpperCase());

/** Every other statement under a title, as sentences of articles are read. */
const pairsOf = async (topic: Topic): Promise<Pairs> => ({
  questions: await sidesOf(topic.questions.map(withoutCourtesies), asEncoded),
  statements: await sidesOf(topic.statements.map((statement, place) => (place % 2 === 0 ? statement : `${titleOf(topic)}: ${statement}`))),
});

/** Every club as the weights of the others see it. */
const prepare = async (clubs: readonly Club[], towers: Towers): Promise<readonly Prepared[]> => {
  const seen: (Pick<Prepared, "club" | "samples" | "crossed"> & { readonly bridge: Awaited<ReturnType<typeof bridgeOf>> })[] = [];
  for (const club of clubs) {
    const others = clubs.filter((other) => other !== club);
    const bridge = await bridgeOf(others, encode);
    const given = { encode, bridge, towers };
    const samples = await samplesOf({ ...club, articles: withoutAsked(club.articles) }, given);
    const crossed = isOfPhrases(club) ? [] : await crossedSamplesOf(club, given);
    say(`${club.file}: ${samples.length} samples, ${crossed.length} of known questions`);
    seen.push({ club, bridge, samples, crossed });
  }
  return seen.map(({ bridge, club, crossed, samples }) => {
    const others = seen.filter((other) => other.club !== club);
    const ranking = rankingFrom(others.flatMap((other) => other.samples));
    say(`${club.file} by the weights of the others`);
    return {
      club,
      samples,
      crossed,
      chosen: samples.flatMap((sample) => chosenFor(sample, { ranking, bridge })),
      chosenAsked: crossed.length === 0 ? [] : chosenAsked(crossed, { asked: fitAsked(others.flatMap((other) => other.crossed)), ranking }),
    };
  });
};

const isOfPhrases = ({ club }: Club): boolean => club.startsWith(PHRASES);

type Scored = {
  readonly text: string;
  readonly isRight: boolean;
  readonly isAnswerable: boolean;
  readonly score: number;
  /** Few ways of asking for it are known. */
  readonly isOfFew: boolean;
};

type Judged = Chosen | ChosenAsked;

/** What the questions of real clubs would score, were each of them new. */
const scoresOf = <C extends Judged>(
  prepared: readonly Prepared[],
  {
    certaintyOf,
    chosenOf,
  }: { readonly chosenOf: (one: Prepared) => readonly C[]; readonly certaintyOf: (chosen: readonly C[]) => Logistic },
): readonly Scored[] =>
  prepared
    .filter(({ club }) => !isOfPhrases(club))
    .flatMap((one) => {
      const certainty = certaintyOf(prepared.flatMap((other) => (other === one ? [] : chosenOf(other))));
      return chosenOf(one)
        .filter(({ sample }) => sample.kind !== "taken" && sample.isOfMember)
        .map(({ choice, isRight, sample }) => ({
          text: sample.text,
          isRight,
          isAnswerable: sample.kind === "answerable",
          score: scoreOf(sample.question, { choice, certainty }),
          isOfFew: "known" in choice && hasFewQuestions(choice),
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

const tell = (name: string, all: readonly Scored[]): void => {
  const answerable = all.filter(({ isAnswerable }) => isAnswerable).length;
  for (const from of [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]) {
    const sent = all.filter(({ score }) => score >= from);
    const right = sent.filter(({ isRight }) => isRight).length;
    say(
      `${name}, from ${from}: ${right} of ${answerable} answered, ${((100 * right) / sent.length).toFixed(1)} % of what is sent is right, ` +
        `${sent.filter((one) => !one.isAnswerable).length} in vain`,
    );
  }
  const wrong = all.filter(({ isRight, score }) => !isRight && score > 0).toSorted((left, right) => right.score - left.score);
  wrong.slice(0, TOLD_WRONG_COUNT).forEach(({ isAnswerable, score, text }) => say(`  ${score} ${isAnswerable ? "" : "in vain: "}${text}`));
};

const TOLD_WRONG_COUNT = 20;

const write = (file: string, content: unknown): void => {
  const text = `${JSON.stringify(content)}\n`;
  writeFileSync(path.join(HERE, file), text);
  say(`${file}: ${Math.round(text.length / 1_000)} kB`);
};

/** The towers of the corpus as it is. */
const towersFromTopics = async (): Promise<StoredTowers> => {
  const topics = readTopics();
  const pairs: Pairs[] = [];
  for (const topic of topics) {
    pairs.push(await pairsOf(topic));
  }
  say(`${topics.length} topics, ${pairs.reduce((sum, { questions, statements }) => sum + questions.length + statements.length, 0)} texts`);
  return storeTowers(fitTowers(pairs, say));
};

const storedTowers = process.argv.includes("keep-towers") ? keptTowers : await towersFromTopics();
const towers = openTowers(storedTowers);
const clubs = readClubs("tuning");
const prepared = await prepare(clubs, towers);
const scored = scoresOf(prepared, { chosenOf: ({ chosen }) => chosen, certaintyOf: certaintyFrom });
const scoredAsked = scoresOf(prepared, { chosenOf: (one) => one.chosenAsked, certaintyOf: askedCertaintyFrom });
tell("by sentences", scored);
const [scoredByFew, scoredByMany] = [scoredAsked.filter(({ isOfFew }) => isOfFew), scoredAsked.filter(({ isOfFew }) => !isOfFew)];
tell("by many asked questions", scoredByMany);
tell("by few of them", scoredByFew);
const certainFrom = Math.min(0.95, Math.round((thresholdFor(scored, WRONG_SHARE) + MARGIN) * 100) / 100);
const askedCertainFrom = thresholdFor(scoredByMany, ASKED_WRONG_SHARE);
const askedCertainFromFew = Math.max(askedCertainFrom, thresholdFor(scoredByFew, ASKED_WRONG_SHARE));
const likelyFrom = Math.max(
  LIKELY_LEAST,
  thresholdFor(
    scored.filter(({ isAnswerable }) => isAnswerable),
    WRONG_SHARE_OF_DRAFTS,
  ),
);
say(
  `certain from ${certainFrom}, by asked questions from ${askedCertainFrom} (by few from ${askedCertainFromFew}), likely from ${likelyFrom}`,
);
const bridge = await bridgeOf(clubs, encode);
const samples = prepared.flatMap((one) => one.samples);
write("answer-towers.json", storedTowers);
write("answer-bridge.json", {
  questions: writeVectors(bridge.questions),
  answerOf: bridge.answerOf,
  answers: writeVectors(bridge.answers),
});
write("answer-weights.json", {
  ranking: rankingFrom(samples),
  certainty: certaintyFrom(prepared.flatMap(({ chosen }) => chosen)),
  asked: {
    ...fitAsked(prepared.flatMap(({ crossed }) => crossed)),
    certainty: askedCertaintyFrom(prepared.flatMap((one) => one.chosenAsked)),
    certainFrom: askedCertainFrom,
    certainFromFew: askedCertainFromFew,
  },
  certainFrom,
  likelyFrom,
});
