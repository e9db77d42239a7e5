/** Names the language of a text by its tag, or `null` when the text does not say. */
export type DetectLanguage = (text: string) => string | null;

const STOPWORDS: Readonly<Record<string, string>> = {
  en: "the and you your is are we our it that this for with what when how do does can to of on at in my me i have not be will from if open close please thanks hi hello yes today tomorrow class was there would like",
  es: "el la los las y de que en un una es son su tu para con por como cuando cuanto donde hola gracias si no puedo quiero tengo abren cierran hoy manana mi me se lo del al esta pero mas ya a usted buenos dias favor hay nosotros estamos te le",
  fr: "le la les et de des un une est sont vous votre pour avec que quand comment bonjour merci oui non je nous dans sur pas mais ou au du ce cette puis avez etes horaires aujourd hui demain",
  pt: "o a os as e de que em um uma voce seu sua para com por como quando quanto onde ola oi obrigado obrigada sim nao posso quero tenho abrem hoje amanha meu minha do da no na mas mais esta bom dia",
  de: "der die das und ist sind ihr sie euer fur mit was wann wie ich wir nicht ein eine zu auf am im bitte danke hallo ja nein heute morgen habe kann von den dem es offen",
  it: "il lo la gli le e di che in un una sono siete vostro per con come quando quanto dove ciao grazie si non posso voglio ho oggi domani mio mia del della ma piu aperti siamo buongiorno",
};

const WORDS = Object.entries(STOPWORDS).map(([language, words]) => ({ language, words: new Set(words.split(" ")) }));

/** Alphabets that one language, or one family a guard cannot tell apart, is written in. */
const SCRIPTS: readonly { readonly language: string; readonly script: RegExp }[] = [
  { language: "ja", script: /[\p{Script=Hiragana}\p{Script=Katakana}]/u },
  { language: "ko", script: /\p{Script=Hangul}/u },
  { language: "zh", script: /\p{Script=Han}/u },
  { language: "ru", script: /\p{Script=Cyrillic}/u },
  { language: "ar", script: /\p{Script=Arabic}/u },
  { language: "he", script: /\p{Script=Hebrew}/u },
  { language: "hi", script: /\p{Script=Devanagari}/u },
  { language: "th", script: /\p{Script=Thai}/u },
  { language: "el", script: /\p{Script=Greek}/u },
];

/** Languages whose short words the guess knows; of any other Latin one it says `null`. */
export const KNOWN_LANGUAGES: ReadonlySet<string> = new Set(WORDS.map(({ language }) => language));

/** Guesses by alphabet and by frequent short words; `null` when fewer than two words point one way or two ways tie. */
export const guessLanguage: DetectLanguage = (text) => {
  const letters = text.match(/\p{Letter}/gu) ?? [];
  const foreign = SCRIPTS.find(({ script }) => letters.filter((letter) => script.test(letter)).length * 2 > letters.length);
  if (foreign !== undefined) {
    return foreign.language;
  }
  const tokens =
    text
      .normalize("NFD")
      .replace(/\p{Mark}/gu, "")
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  const [best, second] = WORDS.map(({ language, words }) => ({
    language,
    hits: tokens.filter((token) => words.has(token)).length,
  })).toSorted((a, b) => b.hits - a.hits);
  return best !== undefined && best.hits >= 2 && best.hits > (second?.hits ?? 0) ? best.language : null;
};
