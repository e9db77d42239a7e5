import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { encode } from "#server/platform/sentence-encoder.ts";
import { answerFrom, CERTAIN_SCORE, LIKELY_SCORE } from "#server/understanding/answer-from.ts";
import { say } from "../train/print.ts";
import { withAsked, withoutAsked } from "./asked.ts";
import { type Club, readClubs } from "./clubs.ts";
import { readSpanishClubs } from "./spanish.ts";
import { askAll, type Figures, figuresOf, type Told } from "./measure.ts";

const RESULT_FILE = path.resolve(import.meta.dirname, "../results/knowledge.json");
const STEPS = [LIKELY_SCORE, 0.7, 0.8, 0.85, 0.9, 0.95, CERTAIN_SCORE];

const line = ({ answered, from, inventedFacts, right, ...figures }: Figures): string =>
  [
    from.toFixed(2).padStart(6),
    `${right}/${figures.answerable}`.padStart(10),
    `${(100 * figures.coverage).toFixed(1)} %`.padStart(9),
    `${(100 * figures.coverageOfEnglish).toFixed(1)} %`.padStart(9),
    `${(100 * figures.precision).toFixed(1)} % of ${answered}`.padStart(16),
    `${figures.wronglyAnswered}/${figures.unanswerable}`.padStart(12),
    `${inventedFacts}`.padStart(10),
  ].join("");

const HEAD = "  from     right    share  English       precision  in vain        invented";

const certainOf = (told: readonly Told[]): Figures => figuresOf(told, CERTAIN_SCORE);

const withMore = (club: Club): Club => ({ ...club, articles: withAsked(club.articles, club.file, ["asked", "asked-more"]) });

const KINDS = [
  { name: "with the questions that articles carry", key: "asked", of: (club: Club): Club => club },
  { name: "with three times as many of them", key: "askedMore", of: withMore },
  { name: "by sentences alone", key: "sentencesAlone", of: (club: Club): Club => ({ ...club, articles: withoutAsked(club.articles) }) },
] as const;

const report: Record<string, unknown> = { certainFrom: CERTAIN_SCORE };
for (const part of ["tuning", "held-back"] as const) {
  const figuresBy: Record<string, unknown> = {};
  for (const { key, name, of } of KINDS) {
    const clubs = readClubs(part).map(of);
    const told: Told[] = [];
    for (const club of clubs) {
      told.push(...(await askAll(club, encode)));
    }
    say(`\n${part}, ${name}: ${clubs.map(({ club }) => club).join(", ")}${part === "tuning" ? " (seen by the weights)" : ""}\n${HEAD}`);
    const figures = STEPS.map((from) => figuresOf(told, from));
    figures.forEach((one) => say(line(one)));
    figuresBy[key] = { figures, byClub: clubs.map(({ club }) => ({ club, ...certainOf(told.filter((one) => one.club === club)) })) };
    for (const { answer, question } of told.filter((one) => one.kind === "unanswerable" && (one.answer?.score ?? 0) >= CERTAIN_SCORE)) {
      say(
        `  answered, though nothing says so (${answer?.score}): ${part === "tuning" ? `${question} => ${answer?.text}` : "a held-back question"}`,
      );
    }
  }
  report[part] = figuresBy;
}

const inSpanish: Record<string, unknown> = {};
for (const part of ["tuning", "held-back"] as const) {
  const clubs = readSpanishClubs(part);
  const told: Told[] = [];
  for (const club of clubs) {
    told.push(...(await askAll(club, encode)));
  }
  say(`\nin Spanish, of translated articles: ${clubs.map(({ club }) => club).join(", ")}\n${HEAD}`);
  const figures = STEPS.map((from) => figuresOf(told, from));
  figures.forEach((one) => say(line(one)));
  inSpanish[part] = figures;
}
report["inSpanish"] = inSpanish;

const [club] = readClubs("tuning");
const times: number[] = [];
for (const { question } of club?.answerable ?? []) {
  const start = performance.now();
  await answerFrom({ question, articles: club?.articles ?? [], encode, language: "en" });
  times.push(performance.now() - start);
}
const sorted = times.toSorted((left, right) => left - right);
const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
report["milliseconds"] = { articles: club?.articles.length, p50: at(0.5), p95: at(0.95) };
say(`\nmilliseconds a question, ${club?.articles.length} articles, warm: p50 ${at(0.5)}, p95 ${at(0.95)}`);
mkdirSync(path.dirname(RESULT_FILE), { recursive: true });
writeFileSync(RESULT_FILE, `${JSON.stringify(report, null, 2)}\n`);
