import { RISK_FLAGS, type RiskFlag } from "../../domain/intent.ts";
import { cue } from "./cue.ts";

/** Recall before precision: a flag too many costs a person one look, a flag missed costs the club. */
const CANCEL = "(cancel*|cancelled|canceled|cancelling|cancelar)";
const AGREEMENT = "(membership*|account|contract|subscription|agreement|plan|membresia|contrato|suscripcion|cuenta)";
/** Calling off a class is no end of an agreement. */
const NOT_A_BOOKING =
  "(?!( [^ ]+){0,5} (class|classes|session*|appointment*|booking*|reservation*|tour|lesson*|slot|spot|bay|yoga|spin|zumba|pilates|tee|clase*|cita*|reserva*|sesion*)|" +
  "( my| the| our)? ([0-9]+|[0-9]+(am|pm)|today*|tonight*|tomorrow*|monday*|tuesday*|wednesday*|thursday*|friday*|saturday*|sunday*) )";
const RECORD =
  "(account|membership|balance|visits|bill|address|phone|phone number|number|email|schedule|check ins|attendance|card|payment*|cuenta|membresia|saldo)";
/** A name, not a word that stands where a name could. */
const NAME =
  "(?!(you|yall|anyone|anybody|someone|somebody|it|that|this|there|parking|the|he|she|they|everyone|gym|club|pool|sauna|app|what|whats|today|who)\\b)[a-z]+";

const RISK_PHRASES = {
  legal: [
    "(lawyer*|attorney*|sue|suing|sued|lawsuit|legal|legally|in court|to court|small claims|attorney general|bbb|better business bureau|police|cops|liab*|negligen*|discriminat*|violat*|subpoena|ada|gdpr|ccpa|hipaa|abogad*|demanda|demandar*|denunci*|policia|fraud*|scam*|report (you|this|yall|the gym))",
  ],
  injury: [
    "(injur*|hurt|hurts|hurting|bleeding|blood|broke my|broken (arm|leg|wrist|ankle|finger|toe|rib|nose|bone)|fractur*|sprain*|strain*|pulled (a|my)|tore|torn|twisted|dislocat*|concussion|slipped|tripped|fell (off|down|on|in|and|from|over)|hit my head|passed out|fainted|collapsed|lesion*|lastim*|herid*|me cai|se cayo|golpe*|pinched nerve|threw out my back)",
  ],
  medical: [
    "(doctor*|medical*|pregnan*|surgery|surgeries|an operation|hospital*|emergency room|heart (attack|condition|problem*|surgery)|chest pain*|asthma*|diabet*|seizure*|epilep*|cancer|chemo*|covid|flu|sick|illness|disab*|wheelchair|medication*|medicine|prescription|physical therap*|diagnos*|allerg*|dizzy|faint*|blood pressure|a stroke|therapist|depress*|anxiety|suicid*|rehab|embaraz*|cirugia|enferm*|medic[oa]*|hospital|inhaler|knee replacement|hernia)",
  ],
  refund: [
    "(refund*|money back|reimburs*|credit (me|my account)|give (me )?back|pay me back|get my money|want my money|devolu*|devuelv*|reembols*|waive*|reverse (the|this|that)|return my (money|payment|deposit)|comp me|compensat*)",
  ],
  cancellation: [
    `${CANCEL} .. ${AGREEMENT}`,
    `${AGREEMENT} .. (cancel*|terminat*|end|ended)`,
    `(want|need|like|trying|how (do|can|to)( i)?|have|going|please|asked|requested|decided|thinking|quiero|quisiera|necesito|deseo) .. ${CANCEL}${NOT_A_BOOKING}`,
    `${CANCEL} (me|it|this|everything|us)${NOT_A_BOOKING}`,
    `^${CANCEL}${NOT_A_BOOKING}`,
    `(terminate|end|quit|stop|drop|dar de baja|darme de baja|get out of) .. ${AGREEMENT}`,
    "close (my|the|our|this) account",
    "(leave|leaving|quit|quitting|done with|dejar) (the|your|this|my|el) (gym|club|gimnasio)",
    "(not|dont|wont|no longer) .. (renew*|be a member|want (my|the|a|this) membership)",
    "cancellation*",
    "cancelacion",
    "(buyout|buy out|early termination)",
    "(moving|moved|relocating) (away|out of|to another)",
  ],
  chargeback: [
    "(chargeback*|charge back*|(dispute|disputing|disputed) .. (charge*|bank|card|payment|transaction|bill|it|this)|(call|calling|contact*|tell|told) my bank|my bank .. (revers*|dispute*|fraud|stop)|credit card company|stop payment|block .. (charge*|payment*)|contracargo|disputa con (mi|el) banco)",
  ],
  harassment: [
    "(harass*|stalk*|threat*|assault*|grop*|touched me|touching me|creep*|following me|stares at|staring at|uncomfortable|unsafe|filming|recording me|taking (pictures|photos|videos)|sexual*|racist|racial*|slur*|homophob*|bull(y|ied|ying)|intimidat*|abus*|acos*|amenaz*|hit on me|inappropriate*|violen*|fight|fighting|punched|attack*|kill)",
    "(fuck|fucking|fucker|bitch*|asshole*|cunt|bastard*|motherfuck*|piece of shit|idiot*|moron*|go to hell|puta|pendej*|cabron*)",
  ],
  other_person_data: [
    `(wifes|husbands|spouses|sons|daughters|moms|mothers|dads|fathers|brothers|sisters|friends|girlfriends|boyfriends|roommates|exs|partners|kids|childs|coworkers|neighbors) ${RECORD}`,
    `my (wife|husband|spouse|son|daughter|mom|mother|dad|father|brother|sister|friend|girlfriend|boyfriend|roommate|ex|partner|kid|coworker|boss|neighbor|esposa|esposo|hijo|hija|novi[oa]|amig[oa]) .. (owe*|balance|check* in|last visit|address|phone number|been (in|there|coming)|still a member|saldo|cancel* (his|her|their))`,
    `(his|her|their) ${RECORD}`,
    `${RECORD} (of|for|belonging to|de) (another|my (wife|husband|son|daughter|friend|mom|dad|brother|sister|partner|roommate|ex|boss)|someone|other|mi (espos[oa]|hij[oa]|amig[oa])) ?`,
    `(is|was) (my )?${NAME} (there|in) (today|now|right now|tonight|yesterday)`,
    `(is|was|has|did) (my )?${NAME} (a member|still a member|check* in|been (in|there|coming)|working (today|tonight))`,
    `(whats|what is|give me|can i (get|have)|tell me|send me) (my )?${NAME}s (phone|cell|number|address|email|balance|account|last name)`,
    "(who (is|was|else)|the (guy|girl|woman|man|lady|person|member)) .. (number|name|instagram|phone|works out|working out|booked|was there)",
    `(phone|cell|phone number|cell number|number|home address|instagram|email) of (the |your |that |a )?${NAME}`,
    "someones (number|address|phone|account)",
    "(on behalf of|someone elses|another member*|other member*|other person*|otra persona|otro miembro)",
  ],
  injection: [
    "(ignore|disregard|override|bypass) .. (instruction*|prompt*|rule*|guideline*|previous|above|prior|policy|policies|safety|training|told)",
    "forget (all|your|previous|everything|prior|the above|any) .. (instruction*|prompt*|rule*|above|told|said|before|training)",
    "(system prompt|developer mode|jailbreak*|prompt injection|dan mode|admin mode|debug mode|god mode|sudo|root access|api key*|your (instructions|prompt|programming|system message))",
    "(you are now|from now on (you|answer|reply|respond|say|always|only)|(answer|reply to|respond to) (every|all|each) (question*|message*)|pretend (to be|you|youre|that)|act as|roleplay|role play|simulate|new instructions|updated instructions|respond only with|reply only with|repeat after me|repeat (the|everything|your) .. (above|prompt|instructions))",
    "(reveal|show|print|output|leak|dump|list|export) .. (prompt|your instructions|the instructions above|all members|all customers|member list|database|passwords|password|credentials|secrets|phone numbers|card numbers|tokens)",
    "(ignora|olvida|omite) .. (instrucciones|reglas|anterior*)",
    "(set|mark|change) .. (balance|account|debt|dues) .. (to )?(0|zero|paid|cero)",
    "(unlock|open) (all|every) .. (door*|gate*)",
    "(as an ai|as a language model|you must (comply|obey|answer)|this is (an order|the owner|your developer|the developer|anthropic|an admin|the system))",
  ],
  emergency: [
    "(911|emergency(?! contact)|emergencia|ambulance|ambulancia|(doing|need|start*) cpr|defibrillator|heart attack|chest pain*|cant breathe|cannot breathe|not breathing|no puede respirar|unconscious|inconsciente|unresponsive|collapsed|passed out|fainted|se desmayo|seizure*|overdos*|choking|having a stroke|bleeding (a lot|badly|out|heavily)|lots of blood|suicid*|kill myself|end my life|shooter|gunshot*|(has|with|pulled|have) a (gun|knife)|weapon|stabb*|being attacked|carbon monoxide|gas leak)",
    "(smell*|see|seeing|theres|there is|huele a) (a |some |like )?(smoke|gas|burning|humo|fire)",
    "(on fire|fire in the|theres a fire|there is a fire|building is burning|fire alarm|incendio|hay fuego)",
    "(locked|trapped|stuck|encerrad[oa]) (inside|dentro|in here)",
    "(locked|trapped|stuck|encerrad[oa]) (in|en) (the |a |el |la |your )?(gym|club|building|sauna|steam room|bathroom|restroom|locker room|room|bay|elevator|shower|stairwell|gimnasio|bano|ascensor)",
    "cant get out",
    "no puedo salir",
    "(someone|somebody|a (guy|man|woman|member|person)|alguien|un hombre) .. (collapsed|hurt|injured|bleeding|went down|is down|threaten*|attack*|fell|unconscious|not moving|weapon|knife|gun|desmay*|herid*|breaking in|broke in)",
    "(threatening|threatened) (me|us|people|someone|to (kill|hurt|shoot))",
    "(help help|send help|need help now|please hurry|ayuda .. (rapido|urgente|por favor ayuda))",
  ],
  wants_person: [
    "(talk|speak|chat|connect|communicate|text|message|hablar|comunicar*) (me )?(to|with|con) .. (person|human|someone|somebody|manager|owner|staff|rep|representative|supervisor|people|agent|operator|anyone|trainer|coach|persona|alguien|gerente|encargad*|humano|dueno|[a-z]+ at the desk)",
    "(real|actual|live|living) (person|human|people|human being)",
    "(human|manager|representative|operator|supervisor|gerente|agent|humano) (please|por favor|now)",
    "^(human|agent|representative|manager|operator|person|humano)$",
    "(call|phone|ring) (me|us) ?(back|please|asap|today|tomorrow|now|when)?",
    "(have|get|ask|tell|can|could|would) .. (someone|somebody|manager|owner|trainer|staff|coach|him|her|anyone) .. (call|contact|reach|text|email|get back|help|talk|phone|come)",
    "(need|want|get|get me|give me|like|quiero|necesito) .. (a )?(person|human|manager|owner|supervisor|gerente|humano|real one|alguien)",
    "(not|no|dont want|stop|hate|sick of|instead of|no more|quit) .. (bot|robot|ai|automated|machine|chatbot)",
    "(llamen*|llamame|me pueden llamar|me llame)",
  ],
  hardship: [
    "(lost my job|lost (the|her|his|our) job|laid off|unemploy*|out of work|between jobs|cant afford|cannot afford|can not afford|couldnt afford|cant pay|cannot pay|can not pay|couldnt pay|unable to pay|dont have (the|any|enough) money|no money|money is tight|short on (cash|money)|tight (right )?now|hard times|rough (time|month|patch|year)|struggling|hardship|financial*|broke right now|im broke|bankrupt*|evict*|homeless|medical bills|hospital bill*|food stamps|disability|death in|passed away|funeral|divorce|perdi (mi|el) trabajo|desemple*|no puedo pagar|no tengo dinero|sin trabajo|no me alcanza|behind on (rent|bills)|hours (got |were )?cut|furlough*)",
  ],
  dispute: [
    "(dispute*|disputing|not right|isnt right|incorrect*|wrong (amount|charge|balance|bill|total)|mistake|error (on|in|with) my|overcharg*|double (charge*|bill*)|charged .. (twice|double|again|extra|wrong|too much)|billed .. (twice|double|again|wrong)|twice .. (charged|billed)|unauthorized|didnt (authorize|agree|sign|approve)|did not (authorize|agree|sign|approve)|never (authorized|agreed|signed|approved|joined|used)|dont owe|do not owe|shouldnt (owe|be charged|have been|be paying)|should not (owe|be charged|have been)|why .. (charged|billed|charging|charge|billing|owe|cobraron|cobran)|already (paid|cancelled|canceled)|(paid|cancelled|canceled) .. already|i cancelled|i canceled|still .. (charged|charging|billing|billed|getting charged)|keep (charging|billing)|no debo|ya pague|me cobraron|cobro (doble|indebido)|dos veces|was supposed to be|(you|they|he|she|yall|i was) (said|told|promised) .. (free|cancel*|refund*|fee|fees|price|charge*|wouldnt|would not|would be|waive*|month|discount|frozen|freeze))",
  ],
} as const satisfies Readonly<Record<RiskFlag, readonly string[]>>;

export const RISK_CUES = RISK_FLAGS.map((flag) => ({ flag, ...cue(1, ...RISK_PHRASES[flag]) }));
