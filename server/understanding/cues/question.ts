import { cue, type Cue } from "./cue.ts";

/** How-to, price, hours and policy. */
export const QUESTION_CUES = {
  opening_hours: [
    cue(
      3,
      "(what|which) (time|times|hours|hour) .. (open*|close*|closing)",
      "(when|how late|how early|until when|till when) .. (open*|close|closes|closing|there)",
    ),
    cue(
      3,
      "(your|the|gym|club|holiday|opening|business|staff|staffed|weekend|front desk) hours",
      "(?<!(?:[0-9]+|an?|one|two|three|four|five|six|few|couple|of|half|more) )hours (of operation|today|tomorrow|tonight|on|for|this|are|during)",
      "^hours( please)?$",
    ),
    cue(
      3,
      "(are|is) (you|yall|the (gym|club|place|pool|desk|sauna|front desk)|it|we|you guys) .. (open|closed|staffed)",
      "(open|closed) (on|for|this|today|tonight|tomorrow|late|now|24|christmas|thanksgiving|sunday*|saturday*|new years|easter|memorial day|labor day)",
    ),
    cue(
      3,
      "(a que hora|que horas|cuando|hasta que hora|desde que hora) .. (abr*|cierr*|abiert*|cerr*)",
      "(horario|horarios)",
      "(estan|esta) .. (abiert*|cerrad*)",
      "abren .. (hoy|manana|domingo*|sabado*|el)",
    ),
    cue(
      2.5,
      "(do|does|will) (you|yall|the gym|the club|it) (open|close)",
      "24 (hours|7|hour)",
      "what time .. (there|staff|someone)",
      "(anyone|anybody|someone|staff) (at|on|in) (the )?(front )?desk",
      "(?<!(?:[0-9]+|an?|one|two|three|four|five|six|few|couple|of|half|more) )hours",
    ),
  ],
  pricing: [
    cue(
      3,
      "how much(?! (do|does|am|is|are) (i|we|my|our)) .. (is|are|for|does|do|would|will|a|to)",
      "(what|whats|what are|what is) .. (price*|pricing|cost*|rate*|fee*)",
      "(price|prices|pricing|rates|cost|costs) .. (of|for|to|per)",
      "(monthly|annual|enrollment|initiation|sign up|signup|joining|join|guest|cancellation|startup) (fee|fees|cost|rate|rates|price)",
    ),
    cue(3, "(cuanto|cuantos|que precio) .. (cuesta*|sale|vale|es|cobran)", "(precio|precios|costo|tarifa*)"),
    cue(
      2.5,
      "(student|military|senior|corporate|family|couple*|veteran) .. (discount*|rate*|deal*|plan*|membership*)",
      "(discount*|promo*|promotion*|deal|deals|special|specials|coupon*)",
      "(cost|costs|price|prices|pricing)",
      "how much",
    ),
  ],
  gift_cards: [cue(3, "gift (card|cards|certificate*|voucher*)", "(tarjeta*|certificado*) de regalo")],
  are_you_a_bot: [
    cue(
      3,
      "(are|is) (you|this) .. (bot|robot|ai|human|real|chatgpt|machine|automated|computer|real person)",
      "(am i|im i) .. (talking|texting|speaking|chatting) .. (bot|robot|ai|human|person|computer)",
      "(eres|es) .. (robot|bot|humano|persona real)",
    ),
  ],
  wants_person: [
    cue(
      2.5,
      "(talk|speak|chat) (to|with) .. (person|human|someone|somebody|manager|owner|staff|representative|rep|supervisor)",
      "(real|actual|live) (person|human)",
      "(call|phone) me",
      "have .. (call|contact) me",
      "(hablar|comunicar*) con .. (persona|alguien|gerente|encargad*|humano)",
      "(need|want|get me) .. (manager|owner|human)",
    ),
  ],
  location_parking: [
    cue(
      3,
      "(where .. (located|location|are you|is the (gym|club)|park)|(your|the|gym|club) address|directions|how do i get (there|to))",
      "(parking|park .. (car|lot|garage|free|there|here)|donde .. (estan|queda|esta|ubicad*|estaciona*)|direccion|ubicacion|estacionamiento)",
    ),
  ],
  guest_policy: [
    cue(
      3,
      "(bring|add|have) .. (guest*|friend*|buddy|wife|husband|girlfriend|boyfriend|mom|dad|brother|sister|partner|kids|kid|son|daughter|coworker*)",
      "guest (pass*|policy|privilege*|rules)",
      "(day|free|trial|guest|week|one day|3 day) (pass|passes|trial)",
      "(llevar|traer) .. (amig*|invitad*|hij*|herman*|espos*|novi[oa]|mama|papa|prim[oa])",
      "(can|could) .. (guest*|friend*) .. (come|join|play|train|work)",
    ),
  ],
  age_policy: [
    cue(
      3,
      "(how old|minimum age|age (limit|requirement*|policy)|under 18|under 16|teen*|(my|our) .. (year old|years old)|(is|turned|turns|turning) 1[0-9])",
      "(cuantos anos|edad minima|menores de edad)",
    ),
  ],
  childcare: [cue(3, "(childcare|child care|daycare|day care|kids (club|room|zone|area|corner)|babysit*|guarderia)")],
  amenities: [
    cue(2.7, "(wifi|wi fi) .. (password|code|network|name)", "(wifi|wi fi) (password|code)"),
    cue(
      2.5,
      "(do|does|did) (you|yall|the gym|the club|it|this location|you guys) .. (have|offer|provide|sell|rent|carry|allow|accept|take|serve)",
      "(is|are) there .. (pool|sauna|shower*|towel*|locker*|steam|basketball|wifi|wi fi|hot tub|squat|rack*|tanning|spa|bar|food|coffee|smoothie*|massage|water fountain*|women)",
      "(tienen|hay|ofrecen|aceptan) .. ",
    ),
    cue(1.5, "(pool|piscina|sauna|showers|towel|towels|lockers|yoga mat*|steam room|hot tub|wifi|wi fi|squat rack*|tanning|hydromassage)"),
  ],
  class_schedule: [
    cue(
      3,
      "(what|which|whats) .. (class|classes)",
      "(what time|when) (is|are|does) .. (class|classes|yoga|spin|zumba|hiit|pilates|boxing|cycling|bootcamp|swim|league|lesson*|clinic)",
      "class schedule",
      "(que|cuando|a que hora) .. clase*",
    ),
    cue(
      3.8,
      "(is|are) there (a |an |any )?((?!spot|spots|opening|openings|space|room|slot|slots|availability)[a-z]+ ){0,2}(class|classes|yoga|spin|zumba|hiit|pilates|league)",
    ),
  ],
  membership_info: [
    cue(
      2.5,
      "(membership|membresia) (option*|plan*|type*|level*|tier*|include*|info*|benefit*|cover*)",
      "(what|which) .. (membership*|plans) .. (have|offer|include*|come*|get)",
      "(want|like|interested|looking|how do i|how can i|thinking) .. (join|joining|become a member|signing up|sign up for a membership)",
      "(difference between|month to month|commitment|contract required|all locations|other locations|other clubs|any location|reciprocity)",
      "(quiero|quisiera|como puedo) .. (inscrib*|unirme|hacerme miembro)",
      "(inscripcion|membresias)",
    ),
  ],
  policy: [
    cue(
      2.5,
      "(do|should) i (need|have) to (bring|wear|have|be|sign|check|reserve|book|pay|wait|give)",
      "what (do|should|can) i (wear|bring)",
      "(is|are) .. (allowed|permitted|required|ok|okay)",
      "(can|may|do) (non members|nonmembers|guests|kids|members|walk ins) .. ",
      "(policy|policies|rules|dress code|allowed to|am i allowed|are we allowed|is it ok (to|if)|can i wear|required to|politica*|reglas)",
      "how (many days|much|long|far) .. (notice|advance)",
      "(do|does) .. (expire|roll over|rollover)",
    ),
  ],
  how_to: [
    cue(
      2.5,
      "how (do|can|would|does|should|to) .. ",
      "(como) (puedo|hago|se|le hago|funciona) .. ",
      "(what do i (do|need)|what should i bring|what to bring|que necesito|que debo)",
    ),
    cue(2, "(reset|forgot|change) my password", "where (do|can) i .. "),
  ],
  lost_and_found: [
    cue(
      3,
      "(lost|left|forgot|find|found|leave) (my|a|an|some|the) .. (bottle|airpods|headphones|keys|phone|wallet|bag|jacket|hoodie|watch|ring|towel|glasses|earbuds|glove|gloves|shoes|belt|hat|putter|driver|club)",
      "lost and found",
      "objetos perdidos",
    ),
  ],
  training_info: [
    cue(
      2.5,
      "(personal train*|trainer|trainers|coach|coaching|lesson|lessons|entrenador*) .. (cost*|price*|offer*|info*|available|package*|do you)",
      "(do you|tienen) .. (personal train*|trainer*|coach*|lesson*|entrenador*)",
    ),
  ],
  account_facts: [
    cue(
      2.5,
      "(when|what) .. my (last|first|previous) (visit|check in|workout|class)",
      "(what|which) .. (membership|plan|type) .. (am i on|do i have|i have|i am on|im on)",
      "(when|what day) .. (i join|i joined|i sign up)",
    ),
  ],
  medical_question: [
    cue(
      2,
      "(pregnant|pregnancy|doctor|physical therapy|injury|asthma|diabet*|heart condition|embarazada) .. (can|should|safe|okay|ok|train|work|exercise|lift)",
      "(can|should|safe) .. (pregnant|pregnancy|injur*|surgery|asthma)",
    ),
  ],
  general_question: [
    cue(1.2, "\\?"),
    cue(
      1,
      "^(what|whats|when|where|which|who|how|why|do|does|did|is|are|can|could|would|will|may|should|am|que|cual|como|donde|cuando|puedo|pueden|hay|tienen) .. ",
      "(can|may|could|should) (i|we|she|he|they|my) .. ",
      "(do you know|you know) (if|when|where|what|how|whether) .. ",
      "(wondering|curious|quick question|question for you|quick q|una pregunta|want to know|like to know|can you tell me)",
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;
