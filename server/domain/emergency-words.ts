import { firstMatch, plainWords } from "./plain-words.ts";

/**
 * The words that sound like an emergency, or `null`: a collapse, a fire, a threat, a person locked in, English and
 * Spanish. It decides without a model that a person is alarmed at once, so it errs towards alarm, and leaves
 * out only the sayings of a gym ("that class was fire", "this workout will kill me", "locked in my rate").
 */
export const readEmergency = (text: string): string | null => {
  const words = plainWords(text);
  if (words === "") {
    return null;
  }
  return firstMatch(words.replace(SAYINGS, " "), [...COLLAPSE, ...FIRE, ...THREAT, ...LOCKED_IN, ...CALLS_FOR_HELP]);
};

/**
 * Somebody before a door that stays shut, with no word of an emergency: in no danger by it, however alike the words are to those of
 * somebody locked in. Whoever reads risks out of likeness must not alarm a club over a fob that does not work.
 */
export const isLockedOut = (text: string): boolean => {
  const words = plainWords(text);
  return readEmergency(text) === null && OUTSIDE.test(words) && !ALARM.test(words);
};

/** Any of these beside it, and likeness counts again. */
const ALARM =
  /\b(?:collaps|unconscious|bleed|blood|hurt|injur|breath|chest|faint|fire|smoke|gas|gun|knife|weapon|attack|threat|follow|scared|afraid|freezing|baby|child|kid|inside|trapped|help|911|ambulance|police|seizure)\w*/;

const OUTSIDE =
  /\b(?:locked out|lock(?:ed|s)? (?:me|us) out|(?:im|i am|were|we are|standing|waiting|stuck|stand|sitting) (?:right )?(?:outside|out front|at the (?:front |back |side )?(?:door|entrance|gate))|let (?:me|us) in)\b/;

/** Taken out before the search. */
const SAYINGS =
  /\b(?:family emergency|emergency (?:contacts?|exits?|phone|number|brake|fund|freeze|at home|at work)|in case of (?:an )?emergency|fire (?:pit|place|fighter|fighters|department discount|workout|class|playlist)|(?:class|workout|session|music|playlist|coach|trainer|instructor|guys|you|legs|abs|arms|muscles|lungs|quads|glutes|shoulders|body|thighs) (?:was|is|are|were|re) (?:so |straight |literally |absolutely )?(?:on )?fire|youre on fire|on fire today|fire (?:today|this morning|tonight)|heart attack survivor|(?:had|after|since|from) (?:a |my |the )?(?:heart attack|stroke|seizure)s?|free weapon|arms? day)\b/g;

const SOMEONE =
  "(?:someone|somebody|some ?one|a (?:man|woman|guy|girl|lady|kid|person|member|child|boy|teen|trainer|client|gentleman)|this (?:man|woman|guy|girl|lady|person|kid)|the (?:man|woman|guy|lady|trainer|person|kid)|my (?:\\w+)|he|she|hes|shes|they|theyre|i|im|an? (?:old|older|elderly) \\w+|another member|one of (?:the|your) (?:members|trainers|staff))";

const COLLAPSE = [
  new RegExp(
    `\\b${SOMEONE} (?:has |just |have |is |\\w+ )?(?:collapsed?|passed out|fainted|fell unconscious|stopped breathing|overdosed)\\b(?! (?:on the couch|laughing|in bed|from laughing|flyers|last|once|before|years?|months?|a (?:week|month|year|while|few)|when i was|in (?:19|20)))`,
  ),
  /\b(?:unconscious|unresponsive|not responding to us|isnt breathing|not breathing|cant breathe|cannot breathe|can not breathe|stopped breathing|no pulse|turning blue)\b/,
  /\b(?:having|has|is having|had) (?:a |an )?(?:seizure|stroke|heart attack|cardiac arrest|allergic reaction|severe chest pains?)\b/,
  /\b(?:trouble|difficulty|hard time|problems?) breathing (?:right now|help|please|and)|\b(?:he|she|someone|somebody|friend|mom|dad|husband|wife|member|guy|lady|man|woman)(?: is|s| has)?(?: having)? (?:trouble breathing|difficulty breathing|struggling to breathe|(?:bad |severe )?chest pains?)\b/,
  /\b(?:man|woman|lady|guy|someone|somebody|kid|child|he|she|person|member) (?:just )?(?:fell|has fallen) (?:down|off|from|hard)\b/,
  /\b(?:bar|barbell|weights?|plates?) (?:fell|dropped|landed|is|stuck) on (?:\w+ )?(?:neck|chest|head|throat|face)\b/,
  /\b(?:chest pains?)\b.*\b(?:now|right now|help|bad)\b/,
  /\b(?:someone|somebody|he|she|hes|shes|kid|child|man|woman|guy) (?:is |was )?(?:choking|drowning|drowned|bleeding|convulsing)\b/,
  /\b(?:fell|fallen|hurt|injured|hit (?:his|her|my|their) head|dropped|cut)\b.*\b(?:bleeding|not moving|isnt moving|knocked out|unconscious|cant move|cant get up)\b/,
  /\b(?:man down|woman down|(?:someone|somebody|he|she|hes|shes|member|guy|kid|woman|man) (?:is |got |s )?(?:seriously |really |very |so )?(?:hurt|injured)(?: really| very| so)? (?:bad|badly|seriously))\b/,
  /\b(?:bleeding (?:a lot|badly|out|heavily|everywhere)|blood everywhere|overdos(?:e|ed|ing)|trapped under|pinned under|crushed under)\b/,
  /\b(?:se desmayo|se colapso|no respira|inconsciente|ataque al corazon|infarto|convulsiones|convulsionando|se esta ahogando|sangrando mucho)\b/,
];

const FIRE = [
  /^(?:fire|fuego|incendio)(?: (?:fire|help|now|please|ayuda))*$/,
  /\b(?:theres|there is|there s|we have|i see|started) (?:a )?(?:small |big |huge )?fire\b/,
  /\b(?:a|the) fire (?:in|at|inside|near|broke out|started|is spreading)\b/,
  /\b(?:gym|building|club|treadmill|sauna|machine|kitchen|bathroom|outlet|room|dryer|car|lobby|roof|dumpster|trash|ceiling|wall|it|something|place|locker room|parking lot) (?:is |s |just |caught |are )*(?:on fire|burning|in flames|caught fire)\b/,
  /\b(?:caught fire|in flames|fire alarm is going|fire alarm going|fire alarm wont stop|smoke (?:coming|everywhere|in the|is coming|filling)|(?:full of|lots of|so much|see|smell) smoke|gas leak|(?:smell|smelling|smells like|smells of) gas|smell something burning|sparks (?:coming|flying)|carbon monoxide)\b/,
  /\b(?:hay (?:un )?(?:fuego|incendio|humo)|se esta quemando|se quema el|fuga de gas|huele a gas)\b/,
];

const THREAT = [
  /\b(?:going to|gonna|about to|trying to|threatened to|threatening to) hurt (?:him|her|them|someone|somebody|everyone|people|myself)\b/,
  /\bthreatening (?:staff|people|members?|everyone|employees|customers|us|me|him|her|them|someone|to)\b/,
  /\b(?:has|have|with|got|pulled(?: out)?|carrying|waving|brought|holding) (?:a |an |his |her )?(?:guns?|knife|knives|weapons?|pistol|rifle|firearm|machete|bomb)\b(?! (?:of|show))/,
  /\b(?:active shooter|shots fired|gunshots?|shooting (?:in|at|people|inside)|bomb threat|theres a bomb|hostage|hes armed|armed (?:man|robber|person|robbery)|being robbed|(?:someone|somebody|people|they|a guy|a man) (?:just |is |are )?(?:broke|breaking|broken) in(?:to)?|robbing (?:us|me|the))\b/,
  /\b(?:going to|gonna|want to|wanna|will|ill|gon|about to|trying to|tried to|threatened to|threatening to|threatens to) (?:kill|shoot|stab|murder|strangle|bomb|shoot up|blow up|burn down|beat up) (?:you|u|him|her|them|someone|somebody|everyone|everybody|yall|myself|people|us|the (?:gym|place|building|staff|manager|trainer)|this place|my (?:wife|husband|ex|kids?|family))\b/,
  /\b(?:trying to|tried to|threatened to|threatening to|said (?:he|she|they)(?:ll| will| would| is going to)) (?:kill|hurt|shoot|stab|rape|attack) me\b/,
  /\b(?:kill(?:ing)? myself|end my life|want to die|dont want to live|suicidal|suicide|hurt(?:ing)? myself on purpose|self harm)\b/,
  /\b(?:someone|somebody|a man|a guy|some guy|some man|he|hes|this guy|this man|my ex|they|theyre|stranger)(?: \w+){0,2} (?:is |s |keeps |been |just )*(?:attacking|attacked|assaulting|assaulted|threatening|threatened|stalking|following|chasing|groping|groped|hitting|punching|beating|raped) (?:me|someone|somebody|people|her|him|us|a |another|the |my )/,
  /\b(?:being|getting|got|was just|were being) (?:attacked|assaulted|stalked|mugged|raped|threatened|followed|chased|beaten)\b/,
  /\b(?:fist ?fight|a fight|big fight|fight) (?:broke out|just broke out|going on|is happening)\b/,
  /\b(?:tiene (?:un|una) (?:arma|pistola|cuchillo|navaja)|me (?:esta|estan) (?:amenazando|siguiendo|atacando|persiguiendo)|(?:te|los|la|lo|las) voy a matar|voy a matar a|tiroteo|amenaza de bomba|quiero morir|suicidarme|me quiero matar|nos estan robando)\b/,
];

const PERSON_IS =
  "(?:i am|im|i m|i got|i was just|i just got|we are|were|we got|we just got|help|someone is|someones|somebody is|somebodys|people are|there is someone|theres someone|theres a (?:person|kid|member|woman|man)|(?:my|a|the|his|her) (?:son|daughter|kid|kids|child|baby|wife|husband|friend|mom|dad|mother|father|brother|sister|girlfriend|boyfriend|client|member|lady|woman|man)(?: is| are| got|s)?|and (?:im|i am|were)|still|accidentally|are|is|got|getting|been)";
const PLACE =
  "(?:gym|building|club|bathroom|restroom|toilet|sauna|elevator|lift|locker room|changing room|steam room|shower|studio|room|bay|tanning room|tanning bed|facility|stairwell|staircase|basement|closet|office|parking garage|garage|vestibule|entrance|lobby|hallway|place|car|here|there|pool area)";

const LOCKED_IN = [
  new RegExp(
    `\\b${PERSON_IS} (?:\\w+ )?(?:locked|trapped|stuck|shut) (?:in|inside|inside of|in between)(?: (?:the|your|this|a|one of the|of the|womens|mens|ladies|back|upstairs))* ${PLACE}\\b`,
  ),
  new RegExp(
    `\\b${PERSON_IS} (?:locked in|locked inside|trapped|trapped in|trapped inside|stuck inside|shut in)(?:$| (?:help|please|alone|and|with|no one|nobody|cant|can you|what|how|it|the door|door|send|by myself|hurry|need|right now|now|after (?:closing|hours|you closed)|overnight|since|for (?:an hour|\\d+ min)))`,
  ),
  /\b(?:locked|trapped) (?:me|us|him|her|my \w+) (?:in|inside)\b/,
  /\b(?:cant|cannot|can not|unable to) get out(?:$| (?:help|please|the door|door|its locked|everything|and|its|now))/,
  /\b(?:elevator|lift|door|sauna)\b.*\bstuck\b.*\binside\b/,
  /\b(?:cant|cannot|can not|unable to) get out of (?:the|this|your) (?:gym|building|club|bathroom|restroom|sauna|elevator|locker room|steam room|room|tanning|studio|shower)/,
  /\b(?:encerrad[oa]s?|atrapad[oa]s?) (?:en|dentro|adentro|aqui)\b/,
  /\b(?:estoy|estamos|quede|quedamos|me quede|nos quedamos) (?:encerrad[oa]s?|atrapad[oa]s?)\b/,
];

const CALLS_FOR_HELP = [
  /^(?:911|sos|emergency|emergencia|help me|send help|help help|help help help|auxilio|socorro|mayday)(?: (?:please|now|help|emergency|por favor))*$/,
  /\b(?:call|called|calling|dial|need|llamen?|llama) (?:al? )?(?:911|9 1 1|an ambulance|ambulance|the police|the cops|paramedics|una ambulancia|la policia)\b/,
  /\b(?:this is an|its an|it is an|theres an|there is an|have an|medical|es una|tengo una|hay una) (?:emergency|emergencia)\b/,
  /\b(?:need|get) (?:the )?(?:aed|defibrillator|an aed|a medic|medics?|first aid now)\b/,
];
