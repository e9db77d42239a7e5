import { splitSentences } from "#server/domain/sentences.ts";
import { translationIn } from "#server/domain/article-translations.ts";

import { readAsked, withAsked } from "./asked.ts";
import { type Club, type Part, readClubs } from "./clubs.ts";
import { isTranslated, withSpanish } from "./translated.ts";

/**
 * Clubs whose articles are translated, and what somebody who saw those articles and nothing else would text them in Spanish. A question counts
 * as right when the translations of all sentences that answer it are told.
 */
export const readSpanishClubs = (part: Part): readonly Club[] =>
  readClubs(part)
    .filter(({ file }) => isTranslated(file) && readAsked(file, "spanish").length > 0)
    .map(({ articles, club, file }) => {
      const known = withSpanish(withAsked(articles, file, ["asked", "asked-more"]), file);
      const asked = readAsked(file, "spanish");
      return {
        club,
        file,
        articles: known,
        answerable: asked
          .filter(({ sentences }) => sentences.length > 0)
          .flatMap(({ articleId, questions, sentences }) => {
            const article = known.find(({ id }) => id === articleId);
            const standing = splitSentences(article?.body ?? "");
            const mustContain = sentences.map(
              (place) => translationIn(article?.translations ?? [], { language: "es", sentence: standing[place] ?? "" }) ?? "",
            );
            return questions.map((question) => ({ question, articleIds: [articleId], mustContain }));
          }),
        unanswerable: asked.filter(({ sentences }) => sentences.length === 0).flatMap(({ questions }) => questions),
      };
    });
