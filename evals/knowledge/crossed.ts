import type { AskedQuestion } from "#server/domain/asked-questions.ts";
import { type AskedFolder, withAsked } from "./asked.ts";
import type { Club } from "./clubs.ts";
import { type Given, isEnglish, sampleOf, type Sample, withoutSentences } from "./samples.ts";

/** A question of one writer by its place among those of its folder. */
type Written = { readonly folder: AskedFolder; readonly place: number; readonly articleId: string; readonly question: AskedQuestion };

/** Which questions a club carries, and which of the rest are asked of it. */
type Crossing = { readonly isCarried: (one: Written) => boolean; readonly isAsked: (one: Written) => boolean };

const oneIn = (count: number, { place }: Written, rest = 0): boolean => place % count === rest;

/**
 * Clubs with few known questions, with the usual number and with many. What one writer wrote is asked of the club that carries what others
 * wrote: a question is nearer to those of its own writer than members' questions ever are. Of those beside the point there is one writer of
 * many: half of them are carried where the other half is asked.
 */
const CROSSINGS: readonly Crossing[] = [
  {
    isCarried: (one) => one.folder === "asked" && oneIn(7, one),
    isAsked: (one) => one.folder !== "asked" && oneIn(4, one, 1),
  },
  {
    isCarried: ({ folder }) => folder === "asked",
    isAsked: (one) => one.folder !== "asked" && oneIn(2, one),
  },
  {
    isCarried: (one) => one.folder === "asked-more" || (one.folder === "asked-beside" && oneIn(2, one)),
    isAsked: (one) => (one.folder === "asked" && oneIn(2, one)) || (one.folder === "asked-beside" && oneIn(2, one, 1)),
  },
  {
    isCarried: (one) => one.folder !== "asked-beside" || oneIn(2, one, 1),
    isAsked: (one) => one.folder === "asked-beside" && oneIn(2, one),
  },
];

/** Of the answered ones that are asked so many are asked of the club without their answer too. */
const TAKEN_ONE_IN = 6;

/** Members' questions and known ones, asked of the club with few, some and many known questions. */
export const crossedSamplesOf = async (club: Club, given: Given): Promise<readonly Sample[]> => {
  const written = (["asked", "asked-more", "asked-beside"] as const).flatMap((folder) => writtenIn(club, folder));
  const samples: Sample[] = [];
  for (const { isAsked, isCarried } of CROSSINGS) {
    const carrying = withQuestions(club, written.filter(isCarried));
    const wanted = [
      ...club.answerable.map(({ question, ...rest }) => ({ ...rest, text: question, isOfMember: true })),
      ...club.unanswerable.map((text) => ({ text, articleIds: [], mustContain: [], isOfMember: true })),
      ...written.filter(isAsked).map(({ articleId, question: { sentences, text } }) => ({
        text,
        articleIds: sentences.length === 0 ? [] : [articleId],
        mustContain: sentences,
        isOfMember: false,
      })),
    ].filter(({ text }) => isEnglish(text));
    for (const [place, one] of wanted.entries()) {
      const kind = one.articleIds.length > 0 ? ("answerable" as const) : ("unanswerable" as const);
      samples.push(await unranked(carrying, { ...given, wanted: { ...one, kind } }));
      if (kind === "answerable" && (one.isOfMember || place % TAKEN_ONE_IN === 0)) {
        const taken = { ...one, articleIds: [], mustContain: [], kind: "taken" as const };
        samples.push(await unranked(withoutSentences(carrying, one), { ...given, wanted: taken }));
      }
    }
  }
  return samples;
};

/** Nobody ranks its sentences any more; a club has thousands of such. */
const unranked = async (club: Club, given: Parameters<typeof sampleOf>[1]): Promise<Sample> => ({
  ...(await sampleOf(club, given)),
  candidates: [],
  isRight: [],
});

const writtenIn = (club: Club, folder: AskedFolder): readonly Written[] =>
  withAsked(club.articles, club.file, [folder])
    .flatMap(({ asked = [], id }) => asked.map((question) => ({ articleId: id, question })))
    .map((one, place) => ({ ...one, folder, place }));

const withQuestions = (club: Club, written: readonly Written[]): Club => ({
  ...club,
  articles: club.articles.map((article) => ({
    ...article,
    asked: written.filter(({ articleId }) => articleId === article.id).map(({ question }) => question),
  })),
});
