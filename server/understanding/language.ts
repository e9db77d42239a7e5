/** BCP 47 tag of the language a message is most likely in. `en` when nothing speaks for another one. */
export const detectLanguage = (text: string, words: readonly string[]): string => {
  const script = SCRIPTS.find(({ pattern }) => (text.match(pattern)?.length ?? 0) * 2 > (text.match(/\p{L}/gu)?.length ?? 0));
  if (script !== undefined) {
    return script.tag;
  }
  const counts = Object.entries(MARKERS).map(([tag, markers]) => ({ tag, count: words.filter((word) => markers.has(word)).length }));
  const spanish = counts.find((entry) => entry.tag === "es");
  if (spanish !== undefined && /[ñ¿¡]/i.test(text)) {
    spanish.count += 2;
  }
  const [best] = counts.toSorted((left, right) => right.count - left.count);
  return best === undefined || best.count === 0 ? "en" : best.tag;
};

/** Languages whose script alone tells them apart well enough for choosing who answers. */
const SCRIPTS = [
  { tag: "ja", pattern: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu },
  { tag: "ko", pattern: /\p{Script=Hangul}/gu },
  { tag: "zh", pattern: /\p{Script=Han}/gu },
  { tag: "ru", pattern: /\p{Script=Cyrillic}/gu },
  { tag: "ar", pattern: /\p{Script=Arabic}/gu },
  { tag: "he", pattern: /\p{Script=Hebrew}/gu },
  { tag: "hi", pattern: /\p{Script=Devanagari}/gu },
] as const;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** English stands first: it wins ties, because most members of these clubs write it. */
const MARKERS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: setOf(
    "the is are you i my a an to do does did can how what when where why who it this that for of and in on at with have has was " +
      "were be been will would could please thanks thank yes ok stop we your me not dont cant hi hello hey if there open close just need want " +
      "which any got get much many about from or but so im ive id its whats wheres hows guys yall u ur some they them also bring coming still",
  ),
  es: setOf(
    "el la los las un una de del que como cuando donde por para con mi mis tu su es son esta estan estoy tengo tiene tienen quiero " +
      "puedo pueden puede hola gracias si cuanto cuesta hora horas hoy manana abren cierran abre cierra favor no me se lo le y al hay " +
      "membresia pago pagar clase gimnasio buenos buenas dias tardes noches necesito quisiera cancelar ustedes muy pero ya nos usted yo perfecto vemos claro listo vale adios hasta luego entonces tambien donde esta bien aqui alli",
  ),
  fr: setOf(
    "le les des une est sont je vous nous mon ma bonjour merci oui quand comment pourquoi avec dans quelle quel heure ouvrez fermez et ne pas",
  ),
  pt: setOf("o os uma voce voces obrigado obrigada oi ola nao quando onde meu minha com para sim quanto custa bom boa dia voces estao tem"),
};
