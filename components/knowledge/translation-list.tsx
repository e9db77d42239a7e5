import { type SentenceTranslation, standingIn } from "#server/domain/article-translations.ts";
import { languageName } from "#server/domain/translation.ts";

type TranslationListProps = { readonly translations: readonly SentenceTranslation[]; readonly body: string };

/** What is told in other languages, and what no longer is because its sentence changed. */
export const TranslationList = ({ translations, body }: TranslationListProps) => {
  const standing = standingIn(translations, body);
  return (
    <div className="flex flex-col gap-4 text-sm">
      {[...new Set(translations.map(({ language }) => language))].map((language) => (
        <div key={language} className="flex flex-col gap-2">
          <p className="font-semibold">In {languageName(language)}</p>
          <ul aria-label={`In ${languageName(language)}`} className="flex flex-col gap-1">
            {translations
              .filter((one) => one.language === language)
              .map((one) => (
                <li key={one.sentence} className="break-words">
                  <span lang={language}>{one.text}</span>
                  {standing.includes(one) ? null : (
                    <span className="text-warn-ink"> · not used: its sentence no longer stands in the text</span>
                  )}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
};
