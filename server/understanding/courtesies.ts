import { KNOWN_STEMS } from "./answering/lexicon.ts";
import { stemsOf } from "./answering/stems.ts";

/**
 * A message without what is said around it out of politeness: greetings, who is writing, thanks, smileys. "hey its Dana, do you have
 * towels? thanks 😊" asks what "do you have towels?" asks. Nothing is taken that could change an answer; what is polite from end to end
 * stays as it is.
 */
export const withoutCourtesies = (text: string): string => {
  let rest = text.replaceAll(SMILEYS, " ").trim();
  for (let before = ""; before !== rest;) {
    before = rest;
    rest = withoutIntroduction(LEADING.reduce((left, pattern) => left.replace(pattern, ""), rest));
    rest = TRAILING.reduce((left, pattern) => left.replace(pattern, ""), rest).trim();
  }
  return /[\p{L}\p{N}]/u.test(rest) ? rest : text;
};

const SMILEYS =
  /(?:\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}]|\u{FE0F}|\u{200D})+|(?<=^|\s)(?:[:;]-?[)DPp(]|<3|lol|lmao|haha+|hehe+)(?=$|[\s.!?,])/giu;

/** A line, a sentence or a half of one begins or ends here. */
const STOP = String.raw`[\s,.!;:–—-]*(?:[\n,.!;:–—-]|$)[\s,.!;:–—-]*`;
const WHOM = "(?: there| again| guys| all| team| everyone| everybody| folks| friends?| ya'?ll| y'?all| gang| staff)*";

const leading = (words: string, end = String.raw`(?:[\s,.!;:–—-]+|$)`): RegExp =>
  new RegExp(String.raw`^[\s,.!;:–—-]*(?:${words})${end}`, "iu");
const trailing = (words: string): RegExp =>
  new RegExp(String.raw`(?:^|(?<=\?)\s*|[\s,.!;:–—-]+)(?<!\b(?:no|say) )(?:${words})[\s.!,]*$`, "iu");

const LEADING: readonly RegExp[] = [
  leading(
    `(?:he+y+|hi+|hello+|hiya|howdy|yo|greetings|hola|buenas(?: tardes| noches)?|buenos d[ií]as|g?ood (?:morning|afternoon|evening|day))${WHOM}`,
  ),
  leading("(?:morning|evening|afternoon)", STOP),
  leading("(?:ok|okay|so|um+|uh+|hmm+|oh|alright|anyway|btw|by the way)"),
  leading(
    "(?:i (?:have|had|got) |got )?(?:a |an |one |another )?(?:quick|small|short|little|random|dumb|silly|stupid|simple|weird|odd|last|more)* ?(?:q|question)(?: for (?:you|u|ya))?(?: guys)?",
    STOP,
  ),
  leading("(?:i'?m |i was |was |just )*(?:just )?(?:wondering|curious|checking|asking)", STOP),
  leading(
    "(?:i'?m )?(?:so )?sorry (?:to (?:bother|bug|trouble)(?: you| u)?|for (?:all )?the (?:questions?|trouble|bother))(?: guys| again| so late| so early)*",
    STOP,
  ),
  leading(
    "(?:i )?hope (?:you|u|ya|y'?all|your|ur|all|everyone|everything|things)[^,.!?\\n]{0,30}(?:well|good|great|ok|fine|day|week|weekend)",
    STOP,
  ),
  leading("(?:thanks|thank you|thx)(?: so much)? (?:for (?:getting back(?: to me)?|the (?:info|reply|quick reply)))", STOP),
];

const TRAILING: readonly RegExp[] = [
  trailing(
    "(?:many |big |ok |okay )?(?:thanks?|thank (?:you|u|ya)|thx|tnx|tks|ty|tysm|cheers|gracias)(?: (?:so much|very much|a lot|a bunch|a ton|in advance|again|guys|all|team|kindly|much))*",
  ),
  trailing("(?:(?:much|really|greatly) )?appreciate(?:d| it| you| the help| your help)?(?: guys)?"),
  trailing("(?:please |pls |plz |just )?(?:let me know|lmk)(?: please| pls| thanks)?"),
  trailing("(?:please|pls|plz|plse|por favor)"),
  trailing("(?:no rush|have a (?:good|great|nice) (?:one|day|night|evening|weekend|week))"),
  trailing(
    "just (?:checking|curious|wondering|asking|making sure|double checking)(?: before (?:i|we) (?:come|drive|head|go|make the|leave)[^?.!\\n,]{0,30})?",
  ),
];

const INTRODUCTION = new RegExp(
  String.raw`^(?:(?:[Ii]t'?s|[Tt]his is|[Mm]y name is|[Mm]y name's|I'?m|[Ii]'?m|[Ii] am)\s+(\p{Lu}[\p{L}'-]+)(?:\s+\p{Lu}[\p{L}'-]*)?(?:\s+here)?|(\p{Lu}[\p{L}'-]+)\s+here)${STOP}`,
  "u",
);

/** "its Dana": who writes has a capital letter and means nothing else. "im new" and "it's Closed" tell something. */
const withoutIntroduction = (text: string): string =>
  text.replace(INTRODUCTION, (whole: string, first: string | undefined, second: string | undefined) =>
    stemsOf(first ?? second ?? "").some((stem) => KNOWN_STEMS.has(stem)) ? whole : "",
  );
