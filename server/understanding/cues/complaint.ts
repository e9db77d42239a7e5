import { cue, type Cue } from "./cue.ts";

const FAULT =
  "(broken|broke|stuck|frozen|froze|freezing|freezes|frezing|jammed|crash*|glitch*|lagging|laggy|blank|black|dead|offline|out of order|leaking|leaks|leaked|" +
  "clogged|malfunction*|busted|not (work*|open*|scan*|unlock*|turn*|load*|start*|connect*|respond*|read*|register*|track*|recogni*|picking|pick|letting|heating)|" +
  "(wont|doesnt|didnt|isnt|arent|dont|cant|never|wouldnt|does not|is not|will not|did not|stopped|quit|keeps|refuses|not even|cannot) .. " +
  "(work*|open*|scan*|unlock*|turn*|load*|start*|connect*|respond*|read*|register*|track*|recogni*|crash*|freez*|beep*|let*|heat*|restart*|reboot*|lock*|go* black|pick*|stay*|charge|close)|" +
  "is down|are down|went down|went out|is out|are out|acting up|messed up|no funciona*|descompuest*|danad*|rot[oa]|trabad*|congelad*|atascad*|no abre|no sirve)";

const thing = (names: string): readonly string[] => [
  `${names} .. ${FAULT}`,
  `${names} ${FAULT}`,
  `${FAULT} .. ${names}`,
  `${FAULT} ${names}`,
];

/** A fault or a grievance that somebody reports; politeness does not make it a question. */
export const COMPLAINT_CUES = {
  door_fault: [
    cue(
      3.6,
      ...thing(
        "(door|doors|gate|entrance|fob|keyfob|key fob|keycard|key card|access card|keypad|scanner|turnstile|lock|puerta|llave|my key|my code|door code)",
      ),
    ),
    cue(
      3.4,
      "(locked out|locked outside|stuck outside|(cant|cannot|couldnt|can not|unable to) (get|come|go|enter) (in|inside|into)|(let|buzz) me in|no puedo entrar|(standing|waiting|im|am|been) .. outside .. (door|locked|cant|nobody|wont))",
    ),
  ],
  bay_fault: [
    cue(
      3.6,
      ...thing(
        "(bay|bays|simulator|simulators|sim|trackman|projector|launch monitor|screen|simulador|pantalla|bahia|sensor|sensors|camera|cameras|ball dispenser|ball tracking)",
      ),
    ),
    cue(
      3.2,
      "bay ([0-9]+|one|two|three|four|five|six) .. (frozen|froze|stuck|down|problem|issue*|help|error|reset|restart|restarted|not)",
      "(reset|restart|reboot) .. (bay|simulator|sim|trackman|screen)",
    ),
  ],
  app_fault: [
    cue(3.6, ...thing("(app|website|site|portal|login|log in|qr code|barcode|kiosk|check in|online booking|wifi|wi fi|aplicacion|pagina)")),
    cue(
      3.2,
      "(cant|cannot|couldnt|unable to|not able to|wont let me|no puedo) (log*|sign|check|get) (in|into|on) .. (app|website|site|account|portal|wifi)",
      "(cant|cannot|unable to|wont let me) (log in|login|sign in|log into|check in)",
      "(error message|keeps saying|getting an error|gives me an error|invalid .. error)",
    ),
  ],
  equipment_fault: [
    cue(
      3.6,
      ...thing(
        "(treadmill|treadmills|elliptical|machine|machines|bike|bikes|rower|rowers|cable|cables|bench|stairmaster|stair master|leg press|smith machine|lat pulldown|shower|showers|toilet|toilets|sink|ac|air conditioning|heater|heating|sauna|steam room|hot tub|tv|tvs|light|lights|fan|fans|locker|lockers|water fountain|vending machine|speaker|aire acondicionado|calefaccion|maquina*|caminadora|ducha*|regadera*|bano*)",
      ),
    ),
    cue(3.4, "(shower|showers|ducha*|regadera*) .. (cold|freezing|lukewarm|scalding|fria*|no tiene*|sin agua)"),
    cue(
      3,
      "(no|out of|without|no hay|sin|no tiene) (hot water|agua caliente|power|electricity|heat|air conditioning|soap|toilet paper|paper towels|towels)",
      "hot water .. (out|gone|off)",
      "(sauna|hot tub|pool|water|steam room) .. (isnt|not|wasnt|never) .. (hot|warm|heated|working)",
      "(cable|handle|pedal|belt|pad) .. (snapped|torn|ripped|missing|loose|came off)",
    ),
  ],
  cleanliness: [
    cue(
      3,
      "(dirty|filthy|disgusting|gross|nasty|smell*|stink*|stinks|mold|moldy|roach*|cucaracha*|rats|mice|unsanitary|sucio|sucia|asqueroso|huele mal|overflowing|(isnt|not|never|hasnt|wasnt|nobody) .. clean*)",
    ),
  ],
  comfort: [
    cue(
      2.8,
      "(too|so|way too|really|very) (loud|crowded|hot|cold|packed|noisy)",
      "(freezing|boiling|sweltering|so cold|so hot) in (here|there)",
      "[0-9]+ degrees in (here|there)",
      "(is|was) the (ac|heat|heater|air) (even )?on",
      "(turn|music) .. (down|loud|volume)",
      "mucho ruido",
      "(blasting|hogging|slamming) .. (music|machine*|weights)",
      "weights .. (everywhere|all over|on the floor|lying|not .. put away|put back)",
    ),
  ],
  staff_behaviour: [
    cue(
      3.2,
      "(rude|unprofessional|disrespect*|ignored me|yelled at|snapped at|hung up on|grosero|grosera|mal educad*)",
      "(trainer|coach|instructor|employee) .. (late|apologize|phone the whole|no call)",
      "(staff|trainer|employee|manager|guy at the desk|front desk|coach|he|she) .. (rude|disrespect*|unhelpful|lazy|ignored|never showed|no show|no showed|didnt show|stood me up)",
    ),
  ],
  no_answer: [
    cue(
      3,
      "(nobody|no one|noone|no body|nadie) .. (gets|got|has gotten|answer*|respond*|repl*|call* back|called|here|help*|pick*|came|comes|showed|got back|contesta|responde|atiende)",
      "waited .. (minutes|min|mins|hour|hours|days|long)",
      "(still waiting|been waiting|waiting for (days|weeks|hours|a week)|(third|second|fourth|3rd|2nd|4th) time|called .. times|ignored my)",
    ),
  ],
  unhappy: [
    cue(
      2.8,
      "(ridiculous|unacceptable|outrageous|terrible|horrible|awful|pathetic|worst|scam|rip off|ripoff|bullshit|bs|crap|sucks|garbage|joke|pesimo|terrible|inaceptable)",
      "(disappoint*|frustrat*|annoy*|furious|angry|pissed|upset|unhappy|fed up|not happy|not pleased|not satisfied|not impressed|dissatisfied|sick of|tired of|molest[oa]|enojad[oa]|decepcionad[oa])",
      "(complain*|complaint|queja|quejarme|file a|bad review|one star|1 star|leave a review|better business bureau)",
    ),
    cue(
      4.4,
      "(class|session|lesson|appointment|booking|tour) .. (was|got|is|been|gets|getting) (cancelled|canceled|moved) .. (again|notice|warning|last minute|nobody|no one)",
    ),
    cue(
      2.5,
      "(with|without) (no |any )?(notice|warning)",
      "not cool",
      "(poor|bad|lousy|awful) (service|experience|attitude|management|customer service)",
      "(problem|issue|trouble) with (the|a|your|my|our|bay|one)",
    ),
  ],
  legal_threat: [cue(2.8, "(lawyer*|attorney*|sue|suing|lawsuit|small claims|better business bureau|bbb|abogad*|demandar*)")],
  safety: [
    cue(
      3.4,
      "(smoke|fire|fight) .. (coming|in|from|inside|out)",
      "(collapsed|passed out|unconscious|on fire|smell* (gas|smoke)|chest pain|cant breathe|heart attack|someone .. (hurt|fell|injured|bleeding|fighting)|there is a fight|gun|knife|locked inside|trapped|ayuda .. (emergencia|caido|herido))",
      "(i|we|he|she|they) .. (hurt|injured|sprained|twisted|tore|broke|dislocated|cut) (my|his|her|their|myself)",
      "(slipped|tripped|fell) (and|on|off|in|down|from|at|by|near|over|while|when) .. ",
      "(harass*|stalk*|threaten*|grop*|touched me|creep*|following me|staring at me|filming me|taking pictures|acos*|amenaz*)",
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;
