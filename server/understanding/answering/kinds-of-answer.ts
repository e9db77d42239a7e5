/** What an answer to a question must bring, or a sentence does bring. */
export const ANSWER_KINDS = [
  "price",
  "hours",
  "date",
  "duration",
  "count",
  "often",
  "ahead",
  "age",
  "permission",
  "place",
  "who",
  "how",
  "weekday",
] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

const ASKED: Readonly<Record<AnswerKind, RegExp>> = {
  price:
    /\bhow much(?! (time|notice|warning|longer|advance|heads))|\b(price|pricing|cost|costs|rates?|fees?|expensive|charge|charged|surcharge|penalty|cu[aá]nto (cuesta|cuestan|vale|sale|cobran|paga|pago|es|me cobran)|precio|tarifa|cheaper|less|owe|run (me|us|for)|run to|set me back|damage|pay (for|to|each|extra|less|it|anything|something)|free|gratis|extra|off\b|discount|deal|multa|what (do|would|will) (i|we) (pay|owe))/i,
  hours:
    /\b(what time|what hours|hours|hrs|how late|how early|when (do|does|are|is|can|will|r|u|you)\b.*\b(open|close|closed|shut|start|starts|end|ends|leave|there|in|staffed|meet|play|run)|open|closed?|close[sd]?|shut|til when|until when|till when|a qu[eé] hora|hora|horario|abren|cierran|abierto|when can)\b/i,
  date: /\b(when (does|do|is|are|will)|what day|which day|what date|cu[aá]ndo|last day|first day|start date|how soon|by when|when's|whens|when r|qu[eé] d[ií]a)\b/i,
  duration:
    /\b(how long|how much time|how many (days|weeks|months|years|minutes|hours)|cu[aá]nto (tiempo|dura)|longest|shortest|how far|max time|max|time limit|length|how quick|expire|good for|still good|how soon)\b/i,
  count:
    /\b(how many|how heavy|how big|how fast|how deep|how warm|how hot|how cold|how tall|cu[aá]nt[oa]s|maximum|number of|max|limit|size)\b/i,
  often: /\b(how often|how many times|how frequently|every|each|cu[aá]ntas veces)\b/i,
  ahead: /\b(how (far|soon|early)|notice|warning|in advance|ahead|heads up|beforehand|by when|deadline|let you know|con cu[aá]nt[oa])\b/i,
  age: /\b(how old|what age|ages?|old enough|youngest|minimum age|age limit|edad|edades|years? old|\d{1,2} ?(yo|y\/o|yr old|yrs old|year old|años))\b/i,
  permission:
    /\b(can|could|may|am i|are we|is it (ok|okay|cool|fine|alright)|ok (if|to)|okay (if|to)|allowed|let me|do (i|we) (have|need|gotta)|must|permitted|puedo|podemos|puede|se puede|mind if|cool if|alright if)\b/i,
  place: /\b(where|which (lot|door|entrance|side)|somewhere|address|located|location|d[oó]nde|directions|direcci[oó]n|anywhere)\b/i,
  who: /\b(who|whos|whose|which (trainer|coach|instructor)|qui[eé]n)\b/i,
  how: /\b(how (do|does|can|would|should) (i|we|you|u|it|that|my)|how to|c[oó]mo|what('s| is) the process|what do i (do|need)|what does .* have to|steps)\b/i,
  weekday:
    /\b(what days?|which days?|days of the week|qu[eé] d[ií]as?|weekdays?|weekends?|(mon|tues|wednes|thurs|fri|satur|sun)days?|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?)\b/i,
};

export const kindsAsked = (question: string): ReadonlySet<AnswerKind> => new Set(ANSWER_KINDS.filter((kind) => ASKED[kind].test(question)));

const NUMBER = "(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)";

const GIVEN: Readonly<Record<AnswerKind, RegExp>> = {
  price:
    /[$€£] ?\d|\d ?%|\b\d+ (dollars|cents)|\b(free|included|no (?:extra )?(charge|cost|fee|annual fee)|complimentary|waived?|extra|gratis|incluid[oa]s?|at no|no fee|refund(ed)?|half price|cash|discounts?)\b/i,
  hours:
    /\b(\d{1,2}(:\d{2})? ?(a|p)\.?m\b|\d{1,2}:\d{2}|24 ?(\/|hours?|horas?)|noon|midnight|closed|closes?|open|around the clock|cerrado|staffed|day and night|any time)/i,
  date: /\b(january|february|march|april|may \d|june|july|august|september|october|november|december|\d{1,2}(st|nd|rd|th)|(mon|tues|wednes|thurs|fri|satur|sun)day|each month|every month)\b/i,
  duration: new RegExp(
    `\\b${NUMBER}(?:[ -](?:a |full |calendar ))?[ -]?(?:to ${NUMBER} )?(?:minutes?|mins?|hours?|days?|weeks?|months?|years?|nights?)\\b|\\bnever expires?|\\bovernight\\b|\\bfor the day\\b|\\buntil\\b`,
    "i",
  ),
  count: new RegExp(`\\b${NUMBER}\\b`, "i"),
  often: /\b(per|once|twice|times?|every|each|a (day|week|month|year)|daily|weekly|monthly)\b/i,
  ahead: /\b(in advance|ahead|before|notice|by the|prior|at least|no later|up to|within|first come)\b/i,
  age: /\b(\d{1,2} (and|or) (over|older|up|under)|under \d|ages? \d|aged|years?( old)?|at least \d|at \d{1,2} with|\d{1,2} to \d{1,2}|\d{1,2}\+|adults?|minors?|over \d{1,2}|age \d|children|kids|must be \d)/i,
  permission:
    /\b(may|can(not)?|allowed|permitted|must|welcome|required?|only|not|no|never|please|fine|ok|okay|need|needs|nobody|bring|available|free to|do not|don't|has to|have to|optional|prohibited|include[sd]?|waive)\b/i,
  place:
    /\b(behind|next to|in front|beside|by the|at the|in the|on the|off|located|near|across|along|lot|street|avenue|road|drive|entrance|at \d+|under the|upstairs|downstairs|inside|outside|corner|level|floor)\b/i,
  who: /(?<=[a-z,] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?/u,
  how: /\b(call|text|email|e-mail|write|ask|bring|use|download|book|reserve|submit|complete|fill|stop by|sign|sign up|tap|scan|hold|tell|come|pick|register|go to|visit|hand|turn|log|open|in the app|online|at the desk|form|written|password|notice|is on|code)\b/i,
  weekday: /\b((mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|daily|every day|7 days|lunes|domingo)\b/i,
};

export const kindsGiven = (sentence: string): ReadonlySet<AnswerKind> => new Set(ANSWER_KINDS.filter((kind) => GIVEN[kind].test(sentence)));

/** What only a look at this moment, or into somebody's account, can tell: no article answers it. */
const ABOUT_NOW =
  /\b(right now|at the moment|currently (busy|open|there)|is (he|she|\w+) (there|in|working) (today|tonight|now|tomorrow|rn)|(is|are) (it|you|the \w+|yall) (\w+ )?(busy|crowded|packed|slow|full)|how (busy|crowded|packed)|(any|have) (openings?|availability|spots? left|open (spots?|slots?|lanes?|bays?|courts?))|(spots?|bays?|courts?|lanes?|seats?) (open|free|available|left) (at|for|this|tonight|tomorrow|on|rn)|open at \d+ (tonight|today)|still (open|available) (tonight|today|for)|did (my|you|they|u|the|anyone|anybody|someone|i)\b|has my\b|have my\b|was my\b|is my (payment|hold|freeze|account|membership|booking|reservation|refund|card|contract)|my (balance|account balance|next payment|contract end|bill|tab|last (visit|payment))|(?<!\b(?:before|after|during|until|till) )my (booking|reservation)|when (does|is|will) my\b|how (much|many)\b.*\b(do i|i) (owe|have left)|what do i owe(?! if)|cu[aá]nto debo|(dias|clases|visitas) me quedan|me quedan|i have left|do i have left|am i (still|already|on|signed|booked|enrolled)|whats my\b|what's my\b|mi (cuenta|saldo|pago|reserva)|did .* (leave|turn in|find|go through|come in))\b/i;

/** What the club means to do, no article says: it says what holds. */
const ABOUT_PLANS =
  /\b(?:(?:are|r|is|will) (?:you|u|yall|you guys|they|the \w+|it) (?:ever |still )?(?:going to |gonna |planning (?:to|on) |thinking (?:of|about) )?|you(?:'re|re)? (?:going to|gonna|planning to) )(?:stop|quit|rais(?:e|ing)|increas(?:e|ing)|lower(?:ing)?|add(?:ing)?|remov(?:e|ing)|replac(?:e|ing)|expand(?:ing)?|bring(?:ing)? back|get(?:ting)? (?:rid|new|more)|chang(?:e|ing) the)\b/i;

/** How to pay is told, whatever is owed. */
const HOW_TO_PAY = /\b(how|where) (do|can|could|would|should|to) (i |we )?pay\b|\bc[oó]mo (puedo )?pag/i;

export const asksAboutNow = (question: string): boolean =>
  (ABOUT_NOW.test(question) || ABOUT_PLANS.test(question)) && !HOW_TO_PAY.test(question);
