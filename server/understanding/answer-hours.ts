import { isMadeOfRules, isNotice } from "../domain/known-hours.ts";
import { tellHours, type ClubHours } from "../domain/tell-hours.ts";

import { hoursQuestionIn } from "./hours-question.ts";

type Input = {
  readonly question: string;
  /** All that may be said at this moment, notices and the articles of hours among it. */
  readonly articles: readonly { readonly id: string; readonly body: string }[];
  readonly club: ClubHours;
  /** In which it is answered; null = that of the question. Others than these two are left to somebody who translates. */
  readonly language: string | null;
};

/** What a notice says of hours comes before the rules. */
const TELLS_HOURS = /open|close|hour|abr|cerr|cierr|horario/i;

/** The club's own hours for the very days somebody asks about and for nothing else, with the articles they stand in. Null = to be answered otherwise. */
export const answerHours = ({
  articles,
  club,
  language,
  question,
}: Input): { readonly text: string; readonly articleIds: readonly string[] } | null => {
  const asked = hoursQuestionIn(question);
  if (asked === null || articles.some((article) => isNotice(article) && TELLS_HOURS.test(article.body))) {
    return null;
  }
  const spoken = language ?? asked.language;
  const text = spoken === "en" || spoken === "es" ? tellHours(club, { asked, language: spoken }) : null;
  const articleIds = articles.filter(isMadeOfRules).map(({ id }) => id);
  return text === null || articleIds.length === 0 ? null : { text, articleIds };
};
