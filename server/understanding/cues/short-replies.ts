import { cue, type Cue } from "./cue.ts";

const POLITE =
  "( (please|thanks|thank you|sir|maam|gracias|por favor|then|that|so much|everyone|all|guys|yall|coach|team|and|see you( then| there| soon| tomorrow)?|you too)){0,4}";

/** A reply that settles what the club just asked. */
export const CONFIRMATION_CUES = {
  yes: [
    cue(
      3.4,
      `^(yes|yes yes|y|si|si si|sure|sure thing|of course|absolutely|definitely|for sure|correct|thats right|that is right|right|claro|claro que si|por supuesto|de acuerdo|dale|please do|go ahead|lets do it|do it|i do|i am|yes i (do|am|will|can|would)|yes it is|yes that works|ok yes|yes ok|vale|1|c|confirm|confirmed|i confirm|confirmo|confirmado|confirmada)${POLITE}$`,
    ),
    cue(
      2.6,
      "^(yes|si|sure) .. ",
      "(i|to|ill|can) confirm",
      "(i am|im|we are|were|consider it|its|all) confirmed",
      "(confirmo|confirmad[oa])",
    ),
  ],
  acknowledge: [
    cue(
      3.2,
      `^(ok|ok ok|ok cool|ok great|ok perfect|ok sounds good|ok got it|ok will do|ok no problem|got it|gotcha|will do|understood|noted|sounds good|sounds great|sounds perfect|great|perfect|cool|awesome|alright|all right|all good|no problem|no worries|np|makes sense|fair enough|roger|copy|10 4|deal|bet|done|all set|im all set|good|fine|thats fine|thats ok|perfecto|listo|esta bien|entendido|bueno|muy bien|excellent|thats perfect|thats great|works|that works)${POLITE}$`,
    ),
    cue(
      3,
      "(that|it|this|time|[0-9]+|[0-9]+(am|pm)|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|either) (works|work|is good|is fine|is perfect|is great|will work|good)( great| fine| well| perfectly)? for (me|us)",
      "^([0-9]+( ?[0-9]+)?( ?(am|pm))?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|that time|that day)( at [0-9]+( ?(am|pm))?)? (works|is good|is fine|is perfect|is great)( .. )?",
      "(see you|see yall|see ya) (then|there|tomorrow|soon|at|on|in|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tonight|later)",
      "(ill|i will|well|we will|we|i|^will) (be there|see you)",
      "^(will|gonna|going to) be there( [^ ]+){0,3}$",
      "^(works|good|great|perfect|fine) for (me|us)( [^ ]+){0,5}$",
      "^(yes|sure|ok|no) (that time|all set|[0-9]+|it) (is )?(good|fine|perfect|works|great)?( [^ ]+){0,3}$",
      "(nos vemos|ahi estare|alli estare|hasta manana)",
      "^(on my way|im here|i am here|im outside|just got here|here now|almost there|be there in( [^ ]+){1,4})$",
    ),
  ],
  no: [
    cue(
      3.2,
      `^(no|n|not today|not now|not right now|not yet|no not today|no im good|im good|im ok|no thanks|no thank you|no need|no all set|no all good|nevermind|never mind|nvm|maybe later|not this time|not at this time|im not|i dont|no i (dont|am not|cant|wont)|no i (found|figured)( [^ ]+){1,5}|not interested|no gracias|ahora no|por ahora no|todavia no)${POLITE}$`,
    ),
    cue(
      2,
      "^no (thanks|thank you|gracias|im|i) .. ",
      "(no longer need|figured it out|all sorted|ya no lo necesito|its working now|it works now|works now|fixed now|ya funciona|problem solved|took care of it)",
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;

export const PRAISE_CUES = {
  thanks: [
    cue(
      2.8,
      "^(ok |perfect |great |awesome |hey |hi |hola |muchas |mil |many |big |wow |oh |cool |much |)(thanks|thank you|gracias|appreciate it|appreciate you|much appreciated|i appreciate it)( (so much|very much|a lot|again|a ton|a bunch|for everything|for your help|for the help|for letting me know|for the info|for the quick reply|for the reminder|guys|all|everyone|you|yall|team|for all you do|por todo|por su ayuda|a todos|[a-z]+)){0,3}$",
    ),
    cue(0.6, "(thanks|thank you|gracias|appreciate*)"),
  ],
  compliment: [
    cue(
      3,
      "(love|loved|loving|enjoy*|me encanta|me encanto|adoro) .. (gym|club|place|class|classes|trainer*|staff|workout*|team|here|it|everyone|new|coach*|instructor*|app|bays|vibe|atmosphere|equipment|clase|gimnasio)",
      "(best|greatest|favorite|amazing|awesome|fantastic|wonderful|excellent|incredible|outstanding|phenomenal|superb|great|super|so|very|really|extremely|such a|muy) .. (gym|club|class|classes|trainer*|coach*|staff|team|service|job|experience|workout|session|place|instructor*|teacher|facility|helpful|friendly|kind|nice|welcoming|clean|professional|person|guy|lady|bueno|amable*|servicio|atencion)",
      "(you guys|yall|you all|you|he|she|staff|team|everyone) (rock|rocks|are (the best|great|awesome|amazing|fantastic|wonderful)|is (the best|great|awesome|amazing|fantastic|wonderful)|did (great|amazing)|killed it)",
    ),
    cue(
      2.8,
      "(shout out|shoutout|kudos|props to|keep up the (good|great) work|keep it up|five stars|5 stars|highly recommend|(would|will|definitely) (definitely )?recommend|recommend you|so happy with|very happy with|really happy with|so glad i joined|glad i joined|changed my life|hats off|felicidades|excelente|buen trabajo|los mejores|great job|good job|nice work|well done|spotless|lost [0-9]+ (pounds|lbs))",
    ),
    cue(1.2, "(amazing|awesome|fantastic|wonderful|excellent|incredible|love it|loved it|so helpful|so kind|so nice|super nice|so good)"),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;

const REACH =
  "(text*|messag*|contact*|sms|call*|email*|mail*|spam*|notif*|bother*|sending|send|reminder*|reach*|writing|write|escrib*|mand*|envi*|llam*|mensaje*|contact*|molest*)";

/** The member no longer wants to be written to. STOP words are acted on at ingest; this finds the plain-language forms. */
export const OPT_OUT_CUES = {
  stop: [
    cue(
      5,
      "^(please )?(stop|stopall|stop all|stop it|unsubscribe|unsubscribe me|end|quit|cancel|revoke|opt out|optout|remove|remove me|arret|alto|parar|pare|paren|baja|detener|cancelar)( (please|now|thanks|thank you|all|por favor|already|this)){0,4}$",
    ),
    cue(
      4.6,
      `(stop|quit|dont|do not|no longer|never|cease|please no|no more|not want|not wish|discontinue) (want |wish |like |ever )?(to )?(be |getting |receiving |get |receive |any |more |these |those |your |the |me |with the |sending ){0,5}${REACH}`,
      `(stop|quit) .. ${REACH} .. me`,
      "(remove|take|delete|drop) (my number|my name|this number|my phone)",
      "(remove|take|drop) me (off|from|out)(?!( [^ ]+){0,4} (class|classes|waitlist|wait|session|booking|reservation|lesson|league|tour|yoga|spin|appointment|schedule|roster))",
      "(remove|delete|lose|forget) (my|this) (number|contact|info|phone)",
      "(opt|opting|opted) (me )?out",
      "unsubscribe",
      "off (your|this|the) (list|mailing list|texts)",
      "(no me|ya no me|no nos|dejen de|dejar de|deja de|no quiero) .. (escrib*|mand*|envi*|llam*|mensaje*|contact*|molest*|recib*)",
      "(quitenme|borrenme|eliminenme|saquenme|darme de baja de (la lista|los mensajes))",
      "no (mas|more) (mensajes|texts|messages|sms|emails|calls|marketing)",
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;

/** Nothing the club has to do: greetings, reactions, spam, auto-replies, strangers. */
export const OTHER_CUES = {
  greeting: [
    cue(
      3,
      "^(hi|hello|hey|heya|hiya|yo|sup|whats up|good (morning|afternoon|evening|day)|morning|hola|buenos dias|buenas tardes|buenas noches|buenas|que tal|hi hi|howdy|greetings)( (there|guys|team|all|everyone|yall|again|you|folks|friend|how are you|hows it going|hope you are well|como estan|como esta|que tal|good (morning|afternoon|evening)|buenos dias|buenas tardes|buenas noches|buenas)){0,3}$",
      "^(how are you|hows it going|happy (holidays|new year|friday|thanksgiving|monday|birthday)|merry christmas|feliz navidad|como estas)( [^ ]+){0,4}$",
    ),
    cue(2.2, "^(hi|hello|hey|good (morning|afternoon|evening)|morning|hola|buenos dias|buenas tardes|buenas noches) [a-z]+$"),
  ],
  injection: [
    cue(
      2.6,
      "(ignore|disregard|override|bypass) .. (instruction*|prompt*|rule*|previous)",
      "(system prompt|developer mode|jailbreak*|your (instructions|prompt))",
      "(you are now|pretend (to be|you|youre|that)|act as) .. ",
      "ignora .. instrucciones",
    ),
  ],
  auto_reply: [
    cue(
      4,
      "(out of (the )?office|auto ?reply|automatic reply|automated (reply|response)|im driving|i am driving|driving with do not disturb|away from my (desk|phone)|on vacation until|will (get back|respond|reply) (to you )?(when|as soon|later)|cant talk right now whats up|currently unavailable|do not reply|fuera de la oficina)",
    ),
  ],
  spam: [
    cue(
      4,
      "(crypto|bitcoin|seo|backlinks|viagra|lottery|prize|winner|earn \\$|earn money|make money|business loan*|merchant cash|line of credit|pre ?approved|click (here|the link|below)|act now|limited time offer|investment opportunit*|web design|rank .. google|google (ranking|listing)|leads for your|work from home|congratulations you|claim your|usps|package (could not|is waiting)|your account has been suspended|boost your (business|sales|reviews)|hot singles)",
    ),
  ],
  wrong_number: [
    cue(
      4,
      "(wrong (number|person)|dont know (you|who)|(who|whos) (is|are) (this|you|dis)|who dis|new phone|numero equivocado|no soy|not (this|that) person|isnt [a-z]+s? (number|phone))",
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;
