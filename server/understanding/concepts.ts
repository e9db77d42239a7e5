import { correctSpelling } from "./spelling.ts";
import { tokenize } from "./tokens.ts";

/**
 * What a text speaks of. `subjects` are things the table below knows, in one name for all their wordings and
 * languages; `words` are the remaining content words, cut to their stem.
 */
export type Gist = { readonly subjects: ReadonlySet<string>; readonly words: ReadonlySet<string> };

export const gistOf = (text: string): Gist => {
  const words = correctSpelling(tokenize(text)).flatMap((token) => token.word.split(" "));
  const subjects = new Set<string>();
  const rest = new Set<string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const pair = SUBJECTS.get(`${word} ${words[index + 1] ?? ""}`);
    const single = SUBJECTS.get(word);
    if (pair !== undefined) {
      subjects.add(pair);
      index += 1;
    } else if (single !== undefined) {
      subjects.add(single);
    } else if (!EMPTY_WORDS.has(word) && !/^([0-9].*|[?!$])$/.test(word)) {
      rest.add(stem(word));
    }
  }
  for (const day of daysIn(words)) {
    subjects.add(day);
  }
  return { subjects, words: rest };
};

/** Days a text names or implies: "Mon–Fri" means five, "daily" and "24/7" all seven. */
const daysIn = (words: readonly string[]): readonly string[] => {
  const line = ` ${words.join(" ")} `;
  if (/ (daily|every day|each day|7 days|seven days|24 7|all week|todos los dias|year round) /.test(line)) {
    return DAYS;
  }
  const named = new Set<string>();
  const range = /(?<= )([a-z]+) (?:to |through |thru |until |a |- )?([a-z]+)(?= )/g;
  for (let match = range.exec(line); match !== null; match = range.exec(line)) {
    const [from, to] = [dayIndex(match[1] ?? ""), dayIndex(match[2] ?? "")];
    if (from !== null && to !== null) {
      for (let step = 0; step <= (to - from + 7) % 7; step += 1) {
        named.add(DAYS[(from + step) % 7] ?? "");
      }
    }
    range.lastIndex = match.index + (match[1] ?? "").length;
  }
  for (const word of words) {
    const index = dayIndex(word);
    if (index !== null) {
      named.add(DAYS[index] ?? "");
    }
  }
  if (/ (weekday|weekdays|entre semana) /.test(line)) {
    DAYS.slice(0, 5).forEach((day) => named.add(day));
  }
  if (/ (weekend|weekends|fin de semana|fines de semana) /.test(line)) {
    DAYS.slice(5).forEach((day) => named.add(day));
  }
  return [...named];
};

export const DAYS = ["day:mon", "day:tue", "day:wed", "day:thu", "day:fri", "day:sat", "day:sun"] as const;

const DAY_WORDS = [
  "mon mondays monday lunes",
  "tue tues tuesday tuesdays martes",
  "wed weds wednesday wednesdays miercoles",
  "thu thur thurs thursday thursdays jueves",
  "fri friday fridays viernes",
  "sat saturday saturdays sabado sabados",
  "sun sunday sundays domingo domingos",
].map((words) => new Set(words.split(" ")));

const dayIndex = (word: string): number | null => {
  const index = DAY_WORDS.findIndex((words) => words.has(word));
  return index < 0 ? null : index;
};

const stem = (word: string): string =>
  word
    .replace(/s$/, "")
    .replace(/(ies|ing|ed|er|e|y)$/, "")
    .slice(0, 12) || word;

/** subject: its wordings. Two-word wordings win over their single words. */
const WORDINGS = {
  hours:
    "hours,hour,open,opens,opening,close,closes,closing,closed,what time,hora,horas,que hora,horario,horarios,abren,abre,abrir,abierto,cierran,cierra,cerrado,schedule hours",
  staffed: "staffed,front desk,desk,staff,recepcion",
  price:
    "price,prices,pricing,priced,cost,costs,rate,rates,fee,fees,how much,charge,precio,precios,cuesta,cuestan,cuanto,costo,tarifa,tarifas,expensive",
  membership: "membership,memberships,member,members,join,joining,enroll,plan,plans,membresia,membresias,inscribirme",
  enrollment: "enrollment,enrollment fee,sign up,signup,joining fee,initiation,initiation fee,startup fee,inscripcion",
  gift_card: "gift card,gift cards,gift certificate,gift certificates,tarjeta regalo,tarjetas regalo,gift voucher",
  guest: "guest,guests,friend,friends,buddy,visitor,visitors,plus one,invitado,invitados,amigo,amiga,amigos,bring someone",
  trial: "trial,day pass,free pass,guest pass,week pass,drop in,drop ins,day passes,prueba,pase",
  tour: "tour,tours,look around,walk through,visita",
  kids: "kid,kids,child,children,childcare,child care,daycare,babysitting,toddler,kids club,kids room,ninos,guarderia,hijos,hijo,hija,son,daughter",
  age: "age,ages,old,teen,teens,teenager,teenagers,minor,minors,edad,anos,year olds",
  parking: "parking,park,garage,parking lot,estacionamiento,estacionar",
  location: "address,located,location,directions,where are,direccion,ubicacion,ubicados,find you",
  phone: "phone,phone number,telephone,telefono,call you",
  email: "email,e mail,correo",
  pool: "pool,pools,swim,swimming,piscina,alberca,lap lanes",
  sauna: "sauna,saunas,steam,steam room",
  hot_tub: "hot tub,jacuzzi,whirlpool",
  shower: "shower,showers,ducha,duchas,regaderas",
  towel: "towel,towels,toalla,toallas",
  locker: "locker,lockers,padlock,locker room,locker rooms,casillero,casilleros",
  wifi: "wifi,wi fi,internet",
  classes: "class,classes,group fitness,clase,clases",
  yoga: "yoga",
  spin: "spin,spinning,cycling",
  zumba: "zumba",
  pilates: "pilates",
  hiit: "hiit,bootcamp,boot camp",
  boxing: "boxing,kickboxing",
  trainer: "trainer,trainers,personal training,coach,coaches,coaching,entrenador,entrenadores",
  lesson: "lesson,lessons,instruction,instructor,clinic,clinics",
  freeze: "freeze,freezing,frozen,pause,pausing,suspend,on hold,hold,congelar,pausar",
  cancellation: "cancel,cancelling,canceling,cancellation,cancelled,canceled,terminate,cancelar,cancelacion",
  booking: "book,booking,bookings,reserve,reservation,reservations,reservar,reserva",
  transfer: "transfer,transferring",
  refund: "refund,refunds,money back,reembolso",
  discount: "discount,discounts,promo,promotion,special,specials,off,deal,deals,coupon,descuento,descuentos,promocion",
  student: "student,students,college,estudiante,estudiantes",
  military: "military,veteran,veterans,first responder,first responders",
  senior: "senior,seniors,silver sneakers,silversneakers",
  family: "family,couple,couples,spouse,household,familia",
  corporate: "corporate,company,employer",
  payment: "pay,paying,payment,payments,paid,billing,billed,dues,pagar,pago,pagos,autopay",
  cash: "cash,efectivo",
  card: "credit card,debit card,visa,mastercard,amex,apple pay,google pay,tarjeta",
  bay: "bay,bays,simulator,simulators,sim,sims,trackman,tee time,simulador,simuladores",
  rental: "rent,rental,rentals,borrow,loaner,rentar",
  clubs: "golf clubs,set of clubs,irons,putter,driver",
  balls: "golf balls,balls",
  food: "food,snack,snacks,kitchen,menu,eat,comida",
  drink: "drink,drinks,bar,beer,alcohol,coffee,smoothie,smoothies,water,bebidas,agua",
  dress: "wear,dress,dress code,shoes,sneakers,attire,clothes,boots,ropa,zapatos,shirt,cleats",
  pets: "pet,pets,dog,dogs,perro,perros",
  access: "wheelchair,accessible,accessibility,ada",
  key: "fob,key fob,keycard,key card,keys,access card,llave",
  app: "app,application,aplicacion",
  password: "password,contrasena",
  league: "league,leagues,tournament,tournaments,liga",
  party: "party,parties,event,events,corporate event,birthday,fiesta",
  equipment: "equipment,machines,weights,equipo",
  squat: "squat,squat rack,squat racks,power rack,racks",
  treadmill: "treadmill,treadmills",
  tanning: "tanning,tan",
  massage: "massage,massages,hydromassage",
  lost: "lost,found,lost and,left behind",
  late: "late,tardy,lateness",
  waitlist: "waitlist,wait list,waiting list",
  holiday: "holiday,holidays,feriado,feriados,festivos",
  christmas: "christmas,xmas,navidad,christmas eve",
  thanksgiving: "thanksgiving",
  new_year: "new years,new year,ano nuevo",
  easter: "easter,pascua",
  memorial_day: "memorial day",
  labor_day: "labor day",
  july_4: "july 4th,4th of,fourth of,july 4,independence day",
  reciprocity: "other locations,other clubs,another location,any location,all locations,other gyms,reciprocity",
  insurance: "insurance",
  nutrition: "nutrition,nutritionist,meal plan",
  women: "women,womens,ladies,mujeres",
  contract: "contract,commitment,month to,contrato",
  referral: "referral,refer,referring",
  air: "air conditioning,ac",
  basketball: "basketball",
  court: "court,courts,pickleball,tennis,racquetball",
  music: "music,musica",
} as const;

const SUBJECTS: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDINGS).flatMap(([subject, wordings]) => wordings.split(",").map((wording) => [wording, subject] as const)),
);

/** Words that say nothing about the subject of a question, in English and Spanish. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  ...DAY_WORDS.flatMap((words) => [...words]),
  ...(
    "a an the is are am was were be been being do does did have has had can could would will should may might must i im ive id you your yours " +
    "we us our ours my me mine it its they them their he she his her this that these those there here what whats when where which who whos why how " +
    "to of in on at for from with without by about as into than then so and or but if not no yes any some all also just only really very too please " +
    "thanks thank hi hello hey good morning afternoon evening hola gracias favor por para con sin el la los las un una unos de del que como cuando donde cual " +
    "es son esta estan hay tienen tiene puedo pueden puede quiero quisiera me mi mis su sus se lo le y o al en a hoy manana ustedes tu si no " +
    "guys yall folks team gym gyms club clubs place facility gimnasio know want wanted wanting wondering wonder curious question quick ask asking tell like need " +
    "get got go going come coming use using used offer offers provide have having let see look looking sure still up out now today tonight tomorrow day days time times " +
    "much many long kind type sort one ones anything something someone anyone everybody ever usually currently also maybe between during allowed allow " +
    "information info details work works working take takes accept bring brings make makes dont doesnt cant wont arent isnt help start starts week weeks month months year years " +
    "am pm oclock noon midnight new possible okay ok offered included include includes weekday weekdays weekend weekends daily every each happen happens policy policies rule rules sell sells sold buy purchase people person fit fits off"
  ).split(" "),
]);
