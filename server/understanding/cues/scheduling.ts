import { cue, type Cue } from "./cue.ts";

const EVENT =
  "(class|classes|session|sessions|appointment|appointments|booking|bookings|reservation|reservations|tour|lesson|lessons|slot|spot|spots|bay|bays|tee time|time slot|" +
  "consultation|assessment|orientation|workout|yoga|spin|zumba|pilates|hiit|boxing|cycling|bootcamp|barre|clinic|league|clase|clases|cita|citas|sesion|reserva|reservacion|simulador|simulator)";

const DAY =
  "(today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|week|morning|afternoon|evening|noon|[0-9]+|[0-9]+(am|pm)|" +
  "hoy|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo)";

/** Booking and moving classes, bays, tours and appointments. */
export const SCHEDULING_CUES = {
  book: [
    cue(
      3.4,
      `(book|reserve|schedule|set up|sign up|signup|register|enroll|get into|get in|put me (in|down)|add me|save me|hold|reservar|agendar|apuntar*|anotar*|inscribirme) .. ${EVENT}`,
      `(book|reserve|schedule|reservar|agendar) ${EVENT}`,
      `(book|reserve|schedule) (me|us|it|one|a|an|my|for) .. ${DAY}`,
      `(put|sign|squeeze|fit|book|get) (me|us) (in|down|up) .. (${DAY}|${EVENT})`,
      `(put|sign|add|enroll|register) (my|our|the) (son|daughter|kid|kids|wife|husband|friend|team) (in|down|up|for) .. ${EVENT}`,
      `(extend|shorten) (my|our|the) .. `,
      `(can|could|may) (i|we) (get|have|grab|do) (a |an |the |in )?(the )?([a-z]+ )?${EVENT}`,
    ),
    cue(
      2.6,
      `${EVENT} (for|at|on|this|next) ${DAY}`,
      "fit (in )?(me|us|another|one more|two more|three more)( [^ ]+){0,5}",
      `i (can|could) (come in|come|make it|do) (on |at |this |next )?${DAY}`,
      "(book|reserve|schedule|reservar|agendar) (a|an|my|the|for|with|me|una|un|something|time)",
    ),
  ],
  book_tour: [
    cue(
      3.6,
      "(tour|walk through|walkthrough|look around|check (out )?(the )?(gym|club|place|facility)|see the (gym|club|place|facility)|visita)",
      "(come|stop|swing|drop|pop) (in|by|over) .. (tour|look|see|check|visit|try|today|tomorrow|later)",
      "(try|trying) (it|the gym|the club|you guys|a class) out",
      "(conocer|visitar|ver) (el gimnasio|el club|las instalaciones)",
    ),
  ],
  reschedule: [
    cue(
      4.2,
      "(reschedul*|reagendar|reprogramar)",
      `(move|change|switch|push|shift|bump|cambiar|mover) .. ${EVENT}`,
      `(move|push|shift|bump|change) (my|our|the|it|me|that|mi) .. (to|back|earlier|later|up|${DAY})`,
      "(different|another|later|earlier|other) (time|day|slot|class) .. (instead|works|possible|work|available)",
    ),
  ],
  cancel_booking: [
    cue(
      4.2,
      `(cancel|cancelling|drop) (my |the |our )?(today*|tonight*|tomorrow*|[0-9]+ ?(am|pm)?|monday*|tuesday*|wednesday*|thursday*|friday*|saturday*|sunday*)`,
      `(cancel*|drop|cancelar) .. ${EVENT}`,
      `${EVENT} .. (cancel*|cancelar)`,
      `(take|remove|drop) me (off|out|from) .. ${EVENT}`,
    ),
  ],
  cannot_attend: [
    cue(
      3.2,
      `(cant|cannot|wont|not|couldnt|unable to|not going to be able to|no puedo|no podre) (make|come|attend|be able to make|be there|make it|ir|asistir|llegar) .. (${EVENT}|it|in|${DAY})`,
      "(cant|wont|cannot|not gonna|not going to) make (it|my|the|our)",
      "(have to|got to|going to|need to|will) (miss|skip) .. ",
      "(bail|bailing|flake|back out|skip) (on|of|my|today|tonight|class|the)",
      "(cant|wont|cannot|not) be there .. ",
      "(cant|wont|cannot) (come|be there|attend)",
    ),
  ],
  running_late: [
    cue(
      3.2,
      "(running|be|gonna be|few min*|going to be|little|bit|min*|minutes) late",
      "late (for|to) (my|the|our|class|session)",
      "(stuck in traffic|voy tarde|llego tarde|llegare tarde)",
    ),
  ],
  waitlist: [
    cue(3.8, "(waitlist|wait list|waiting list|lista de espera)", `(if|when) .. ${EVENT} .. (opens|open up|opens up|frees up|available)`),
  ],
  availability: [
    cue(3.8, "what .. (have|got) (open|available|free|left) .. "),
    cue(
      3.2,
      `(any|is there|are there|got|have|do you have|hay|tienen) .. (opening|openings|availability|available|slots|slot|spots|spot|space|room|times|espacio|lugar|cupo|disponib*) .. (${DAY}|${EVENT}|for|in|on|left|para|en)`,
      `${EVENT} .. (available|availability|openings|open|free|full|left|disponib*)`,
      `(what|which) (times|time|days|slots) .. (available|open|work|have|free)`,
      `(available|availability|free) .. ${DAY}`,
      "(is|are) [0-9]+(am|pm)? .. (open|available|free|taken|full)",
      "(anything|something|any) (open|free|available|left) .. ",
    ),
  ],
  personal_training: [
    cue(
      3,
      "(meet|session|sessions|work|train|appointment|entrenar) with .. (trainer|coach|personal|entrenador*|nutritionist)",
      "(book|schedule|set up|start|get) .. (personal training|trainer|fitness assessment|inbody|body scan|lesson)",
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;
