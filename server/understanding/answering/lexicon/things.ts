/**
 * What members ask about, one name a line for all its wordings in English and Spanish: `name < wider: wordings`.
 * Wordings are compared by stem, up to three words long; the longest wins. A thing that is asked about must stand in
 * the answer, so a line here is what keeps an article on lockers from answering for padlocks.
 */
export const AMENITIES = `
sauna: sauna, dry sauna, infrared sauna
steam_room: steam room, steam, steamroom, cuarto de vapor, vapor
hot_tub: hot tub, hottub, jacuzzi, whirlpool, spa tub
cold_plunge: cold plunge, ice bath, plunge pool, plunge, cold tub, ice tub
pool: pool, swimming pool, swim, swimming, swam, piscina, alberca, nadar, splash, dive, diving
splash_pad: splash pad, kiddie pool, wading pool
water_slide: water slide, slide, diving board
outdoor: outdoor, outdoors, outside pool, de afuera, al aire libre
indoor: indoor, indoors, techada
lane: lane, lap, lap swim, lap swimming, carril
life_jacket: life jacket, life vest, floatie, floaty, float, swim vest, puddle jumper
diaper: diaper, swim diaper, potty trained, potty, toilet trained, panal
swim_test: swim test
lifeguard: lifeguard, life guard, salvavidas
shower: shower, rinse off, rinse, ducha, regadera, banarme, duchar, duchar me, wash up, freshen up
toiletries: shampoo, soap, conditioner, body wash, toiletries, deodorant, jabon, champu
hair_dryer: hair dryer, hairdryer, blow dryer, dry my hair, secadora
towel: towel, toalla
locker: locker, casillero, cubby, cubbies, stash my stuff, keep my stuff, store my stuff, leave my stuff, storage, leave my bag, guardar
lock: padlock, lock, candado, combination, combo lock
locker_room: locker room, changing room, dressing room, change room, vestidor, vestuario, place to change, get changed
restroom: restroom, bathroom, toilet, washroom, bano
wifi: wifi, wi fi, internet, get online, network, hotspot
password: password, passcode, contrasena, clave
parking < directions: parking, parking lot, park, parked, garage, parking spot, estacionamiento, estacionar, estaciono, estacionarme, parqueo, aparcar, leave my car, leave my truck, put my car
valet: valet
vehicle: car, truck, rv, van, suv, vehicle, motorcycle, trailer, carro, coche
ev_charging: ev, tesla, electric vehicle, electric car, ev charger, charging station, charge my car, plug in, chargers
bicycle: bicycle, bike rack, lock my bike, my bike, bici, bicicleta, scooter, cycle in
transit: bus, subway, light rail, transit, metro, uber, station
directions: address, located, location, direction, where are you, where are yall, where you at, where you guys, find you, find yall, street, cross street, entrance, suite, direccion, ubicacion, ubicado, donde estan, donde queda
drop_off: drop off, dropoff, pull up
phone_number: phone number, ur number, your number, number to call, the number, whats the number, telephone, call the, call you, call yall, give you a call, hotline, phone line, reach someone, reach you, numero, telefono, contact, contact info, get ahold, get a hold
email: email, e mail, correo
website: website, web site, online page, pagina
app: app, apps, mobile app, aplicacion
phone_device: phone, cell, cellphone, cell phone, smartphone, celular, take a call, phone call
social_media: instagram, facebook, tiktok, social media
tanning: tan, tanning, tanning bed, bronceado, broncear
spray_tan: spray tan, spray tanning
massage: massage, hydromassage, massage chair, masaje, sports massage, massage gun
physical_therapy: physical therapy, physical therapist, chiropractor, cryotherapy, red light, compression boots, recovery room, recovery
kids_club: childcare, child care, daycare, day care, nursery, babysit, babysitting, babysitter, kid watch, kids club, kids room, kid zone, kids zone, play area, playroom, play room, child watch, watch my kid, watch my kids, watch my child, watch my son, watch my daughter, watch our kids, watch kids, watch children, watch the kids, look after, looks after, looking after, guarderia, cuidan, cuidado de ninos, cuidar, kids care, drop my kid
nanny: nanny, au pair, sitter, caregiver
camp: camp, summer camp, day camp, campamento
party: party, parties, birthday party, bday party, fiesta, bachelor, bachelorette, celebrate, celebration, shower party
birthday: birthday, bday, cumpleanos, turning
event: corporate event, event, work event, team building, company party, private event, fundraiser, buyout, rent the whole, rent out, reserve the whole, whole place, whole room, office party, holiday party, evento
cake: cake, cupcake, decoration, balloon, pastel
snack_bar < food: snack bar, cafe, snackbar, juice bar, concession
food: food, snack, restaurant, kitchen, menu, eat, appetizer, comida, lunch, breakfast, hungry, grub, bite, picnic
nuts: nuts, nut, peanut, pbj, pb, peanut butter, allergy
pizza < food: pizza, slice
wings < food: wing, wings
burger < food: burger, hot dog, fries
sandwich < food: wrap, sandwich
salad < food: salad, vegan, vegetarian, gluten
catering: catering, cater, caterer
smoothie < food: smoothie, shake, protein shake, batido
coffee < drink: coffee, espresso, latte, tea, cafecito
drink: drink, soda, beverage, water bottle, bottle, bottled water, gatorade, water fountain, fountain, refill, bebida, water for
alcohol < drink: beer, alcohol, wine, liquor, booze, cocktail, byob, alcoholic, cerveza, full bar, draft, drafts, brew, seltzer
vending < food: vending, vending machine
supplement: supplement, preworkout, pre workout, creatine, protein powder, bcaa, whey
gift_card: gift card, gift certificate, gift voucher, giftcard, tarjeta de regalo, tarjeta regalo, egift, present for, something for my husband, gift, regalo
merch: merch, merchandise, t shirt, tshirt, tee shirt, hoodie, apparel, pro shop, hat, swag, gear shop
lost_item: lost and found, left behind, leave behind, left my, forgot my, turned in, turn in, misplaced, i lost, think i lost, lost item, anyone find, did you find, objetos perdidos, people forget, hang onto, lost item, lost property, deje mi, olvide, perdi
fob: fob, key fob, key, keycard, key card, key tag, access card, tag, scan card, swipe card, key thing, key thingy, llave, llavero, barcode, door code, keypad, entry code, door pin
door: door, doorway, gate, puerta
camera: camera, security camera, surveillance, cctv, security, footage, safe at night
filming: film, filming, video, record, recording, vlog, tripod, grabar, content
photo: photo, picture, pic, photography, selfie, photographer, photo shoot, foto
aed: aed, defibrillator, defib, first aid, ambulance, heart attack, emergency, emergencia
music: music, playlist, song, loud, speaker, musica, aux
headphones: headphone, earbud, airpod
television: tv, tvs, television, big screen, watch the game, the game on, espn, football game, sunday ticket
climate: ac, air conditioning, air conditioner, heat, heating, heated, fan, temperature, how warm, how hot, how cold, warm, degree, temp, cold, freezing cold, climatizada
wheelchair: wheelchair, accessible, accessibility, ramp, handicap, disabled, disability, ada, elevator, elevador, lift chair, pool lift, mobility, crutches, walker, silla de ruedas, stairs
pets: dog, pet, cat, puppy, service animal, service dog, perro, mascota
smoking: smoke, smoking, vape, vaping, cigar, cigarette, fumar
mask: mask, covid, vaccine
cleaning: clean, cleaning, cleaned, wipe, wipe down, sanitize, disinfect, drained, drain, laundry, spray, limpieza
crowd: busy, crowded, packed, slow time, peak, rush, lleno, busiest, quiet, quietest, capacity
weather: thunder, lightning, snow, storm, rain, weather, hurricane, power outage, lluvia
waiver: waiver, release form, liability, sign a form, sign something
photo_id: id, photo id, identification, drivers license, license, proof, passport, identificacion
insurance: insurance, silver sneakers, silversneakers, renew active, aetna, hsa, fsa, kaiser, seguro, medicare
hiring: hiring, job, apply for a job, work there, employment, resume, trabajo
feedback: complaint, manager, owner, gerente, encargado, speak to someone, corporate office
restaurant_next_door: feed store, next door, vecino
construction: construction, renovation, remodel, tile, repair, under repair, maintenance, reopening, reopen
`;

export const TRAINING = `
classes: class, classes, group fitness, group class, group exercise, clase, drop in class
yoga < classes: yoga, vinyasa, hot yoga, yin, ashtanga, prenatal
spin < classes: spin, spinning, cycling, cycle, spin class, spin bike, cycling room
zumba < classes: zumba
dance < classes: dance, dancing, barre, ballet, baile
pilates < classes: pilates, reformer, mat pilates
bootcamp < classes: bootcamp, boot camp, hiit, crossfit, wod, circuit, tabata, interval
boxing < classes: boxing, kickboxing, box, heavy bag, punching bag, muay thai, mma, bjj, jiu jitsu, karate, martial art
stretch < classes: stretch, stretching, mobility class, foam roll, tai chi, meditation, breathwork, sound bath
aqua < classes: aqua, aqua fit, water aerobics, aquafit, water fitness, water class, class in the water, class in the pool, aerobics, pool class, in the water
strength_class < classes: strength class, body pump, bodypump, sculpt, senior class, silver strength, older adults
arthritis: arthritis, joint pain, bad knee, bad hip, gentle, low impact, joints
beginner: beginner, newbie, new to this, never done, first timer, first time, intro, introductory, principiante, level, levels, novice, never played, basics, no experience
teen_program: teen, teenager, youth, junior, adolescente
lesson: lesson, swim lesson, private lesson, clinic, instruction, teach, teaches, taught, learn, swimming class, group swim, clase de natacion, clases de natacion, natacion, lecciones
team: swim team, team
private: private, one on one, 1 on 1, individual lesson, personal
group: group, grupo
personal_training: personal training, trainer, coach, coaching, pt session, train me, work with a coach, entrenador, entrenadora, entrenamiento personal, pt, one on one training
own_trainer: outside trainer, my own trainer, own trainer, outside coach, own coach, train clients, train my clients, bring my trainer
session: session, sesion, appointment
package: package, pack, bundle, punch card, ten pack, 10 pack, five pack, paquete, in bulk, bunch, multiple, multi pack
partner_training: partner training, split a trainer, with my friend train, share a trainer, semi private, two people
assessment: assessment, consult, consultation, evaluation, fitness test, body scan, inbody, body fat, body composition, baseline, try out a trainer, talk with a trainer, meet a trainer
orientation: orientation, walk through, show me around the machines, show me how, teen start
certification: certification, certified, credential, qualification, degrees do
instructor: instructor, teacher of, who teaches, instructora, maestra
nutrition: nutrition, nutritionist, diet, dietitian, meal plan, macro, nutricion
equipment: equipment, machine, weights, free weights, gear, equipo, maquina, apparatus
squat_rack < equipment: squat rack, power rack, rack, squat, cage
bench < equipment: bench, bench press, flat bench, incline bench
deadlift < equipment: deadlift, platform, deadlifting
drop_weights: drop weights, drop, slam, dropping, throw down, bang, dropping weights
dumbbell < equipment: dumbbell, dumbell, dumbells, hand weights, pound, lbs, mancuerna, heavy
kettlebell < equipment: kettlebell, kettle bell
barbell < equipment: barbell, the bar, specialty bar, trap bar, hex bar, plates, bumper, bumper plates, rerack
cable_machine < equipment: cable, cables, cable machine, lat pulldown, pulley
smith_machine < equipment: smith machine, smith
leg_press < equipment: leg press, hack squat, belt squat, leg extension, glute machine, hip thrust, ghd, reverse hyper
treadmill < equipment: treadmill, caminadora, run on, running machine
elliptical < equipment: elliptical, eliptica
rower < equipment: rower, rowing, rowing machine, row machine, erg, concept 2
stair_climber < equipment: stair climber, stairmaster, stair master, stepmill
exercise_bike < equipment: assault bike, exercise bike, stationary bike, peloton, air bike, recumbent
cardio: cardio
turf < equipment: turf, sled, battle rope, jump rope, trx, pull up bar, medicine ball, wall ball, plyo box, rope climb
mat: mat, yoga mat, block, blocks, strap, bolster, props
chalk: chalk, tiza
lifting_gear: lifting belt, wrist wraps, straps, belt
running_track: track, indoor track, running track
hair_style: hair
shoes: shoe, sneaker, flip flop, sandal, croc, boot, footwear, barefoot, sock, closed toe, tennis shoes, zapato, tenis, spikes, cleat, heels, bare feet, grip socks
clothes: wear, dress, dress code, clothes, shirt, jeans, shorts, attire, tank top, sports bra, ropa, shirtless, collared, outfit, swimsuit, bathing suit
rules_floor: etiquette, grunt, rule, reglas
`;

export const GAMES = `
court: court, cancha
tennis < court: tennis, tenis de
pickleball < court: pickleball, pickle ball, pickle
basketball < court: basketball, hoop, bball, baloncesto, basquetbol, ball court, shoot around, hoops
racquetball < court: racquetball, racketball, squash court, squash ball, handball
volleyball < court: volleyball, voleibol
badminton: badminton, table tennis, ping pong
soccer: soccer, futsal, futbol
racquet: racquet, racket, raqueta
paddle: paddle
ball_machine: ball machine
open_play: open play, open gym, pickup, pick up game, pickup game, drop in game, open court
league: league, liga, season league
tournament: tournament, tourney, competition, contest, torneo, closest to the pin, long drive
challenge: challenge, transformation, reto
gym_room: gymnasium
climbing: climb, climbing, boulder, bouldering, belay, harness, rope wall, auto belay, climbing wall, escalar
bay: bay, sim, simulator, simulador, stall, hitting bay, sim bay, screen golf, bahia, hit balls
trackman: trackman, foresight, full swing, uneekor, gcquad, skytrak
software: software, simulators do you use, program
tee_time: tee time, slot, time slot, reservation time
balls_range: range, driving range, hitting range, my numbers, practice mode
golf: golf, golfing, golfer
course: course, pebble beach, st andrews, play 18, 18 holes, nine holes, 9 holes, full round, round of golf, augusta, famous course
rental_clubs: rental clubs, clubs, rent clubs, club rental, golf clubs, set of clubs, borrow clubs, rent a set, my clubs, my own clubs, own clubs, loaner clubs, demo clubs, rental set, irons, palos, iron, wedge, driver, own sticks, my sticks, sticks
left_handed: left handed, lefty, lefties, left hand, southpaw, leftie, zurdo
golf_ball: golf ball, ball, balls, my own balls, pelotas
glove: glove, guante
tee: tees, tee, tee height, rubber tee
putting: putt, putting, putter, putting green, short game, chipping, chip, green
fitting: fitting, club fitting, fit for clubs, fitted, regrip, grips, regripping, custom clubs
swing_analysis: swing analysis, swing, launch monitor, ball data, video my swing, swing data, spin rate, club data
group_size: how many people, how many players, how many of us, players per bay, max people, people fit, players, people per, fit in a, fit in one, party of, group of, people can, of us fit, cuantas personas, cuantos jugadores
mini_golf: mini golf, putt putt, minigolf
darts: darts, cornhole, foosball, pool table, billiards, arcade, shuffleboard, game room, board games
happy_hour: happy hour
handicap_index: handicap index, ghin, my handicap
`;
