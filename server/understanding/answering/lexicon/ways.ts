/** What is done, when, by whom: asked for more loosely than a thing, because sentences say it in many ways. */
export const WAYS = `
hours: hour, open, opening, close, closed, closing, shut, closing time, opening time, doors open, lock up, pack up, kick everyone out, horario, abren, abre, abrir, abierto, cierran, cierra, cerrar, cerrado, open till, open until, til when, get in, come in, can i come, access, que hora, entrar, acceso, business hours, operating hours, closes, opens, shut down, when do you open, schedule, calling it a night, lights out, wrap up
all_day_access: 24 hours, 24 7, 24 hour, 24 hr, 24hr, around the clock, 3 in the morning, middle of the night, all night, anytime, any time, overnight, after hours, 24 horas, late at night, at midnight, 2am, 3am, 4am, 1am, at night, de noche, after midnight, after closing, after you close, madrugada
staffed: staffed, staff, front desk, the desk, desk, somebody there, someone there, anybody working, anyone working, anybody there, anyone there, person there, at the front, up front, catch somebody, catch someone, manned, reception, receptionist, recepcion, hay alguien, counter, in person, help from, personal en, welcome desk, someone at the, human there, person up front, employees there, talk to somebody, talk to someone, atiende, someone show up
office: office, membership office, oficina, sales team
borrow: borrow, loan, lend, loaner, provide, provided, supply, supplied, bring my own, bring your own, need to bring, bring own, bring own, prestan, prestar, llevar mi, lleva, llevo, have extra, hand out, need to pack, have for us, use yours, one there, proporcionan, own
rent: rent, rental, renting, hire, rentar, renta, alquilar, alquiler
buy: buy, purchase, sell, sold, order, comprar, venden, pick up a, for sale, vender, get one, shop for
replace: replace, replacement, another one, new one, lost my key, lost my fob, for another, reposicion, otra, reemplazo, broken, broke, lost fob, beep, beeps, flashes, red light, wont scan, not working, doesnt work, stopped working, wont let me, no funciona, dead
supervise: alone, by himself, by herself, by themselves, by yourself, without me, on his own, on her own, on their own, unsupervised, supervised, supervision, solo, sola, adult with, parent with, with a parent, with an adult, without a parent, accompany, accompanied, go by yourself, parent, padre, guardian, without an adult, drop him off, drop her off, stay with, watch him, be with them, be there with
age_limit: age, ages, how old, old enough, minimum age, age limit, youngest, oldest, year old, years old, yo, y o, yr old, yrs old, edad, anos, minor, under 18, too young, edades, age requirement, what age, adult, adults, 18 and, 21 and
child: kid, child, children, son, daughter, toddler, baby, infant, boy, girl, little one, nino, nina, hijo, hija, bebe, niece, nephew, grandkid, stroller, carrier, car seat, kiddo, grandson, granddaughter, newborn, sobrino, sobrina, nieto, preschooler
women: women, woman, ladies, female, mujer, womens, girls only, dama
men: men, male, guys only, hombre, mens
kids_only_gender: gender, opposite
held: hold our, hold my, hold the, give away, keep our
max_stay: longest, how long can, how long do, how long may, time limit, max time, maximum, stay, as long as, cuanto tiempo, limit, at a time, max
frequency: how often, how many times, per month, per year, times a, each time, every time, cuantas veces, same person, more than once, twice, once
move_booking: move my, reschedule, push my, change my, move, mover, cambiar, different time, switch my
not_working: out of service, out of order, rebuilt, why is, why are, being fixed
substitute: sub, subs, substitute, fill in, stand in
start_date: start, begin, kick off, back, starts, first day, starting, empieza, comienza, opening day, get going, inicia, season, this year, this summer, last day, ends, end of the season, end date, when does it end, when is it over, termina, temporada, runs, run until
winner: win, winner, prize, ganador
weigh_in: weigh in, weigh
member_count: participants, spots, take how many, people in a class, class size, take up to, holds how many, cupo, slots
share: share, shared, together, split, juntos
forget: forget, forgot
medical_note: doctors note, proof of
call_ahead: text, message, call, llamar, mensaje
deliver: pick up, pickup, recoger
download: download, bajar
check_in: check in, checkin, sign in, checking in, registro, scan in
leave_early: leave, get out, kick, out of the, be out
use_pool_alone: alone in the pool
wait: wait, waiting, line
hold_items: hold things, keep things, hold it, keep it, how long do you keep
sick_child: fever, sick kid, runny nose, ill
`;

/** Single people. They fill a part in a question and need not stand in the answer. */
export const PEOPLE = `
person: mom, dad, mother, father, brother, sister, cousin, uncle, aunt, roommate, neighbor, boss, roomate, in law, in laws, prima, primo, hermano, hermana, mama, papa, madre, folks, parents, someone, somebody, people, person, man, dude, guy, lady, team, bunch of us, crew, everyone, everybody, anyone, anybody, adults, kid's, tia, tio, gente, myself, yourself, relatives, clients, client, customer, group
`;

/** How a figure or a reason is asked for; the kind of answer that is due covers them. */
export const ASPECTS = `
price: price, pricing, cost, rate, fee, how much, charge, expensive, pay, precio, cuesta, cuanto, costo, tarifa, cuota, cobran por, sale, run me, set me back, worth, amount, dollar, buck, money, paying, paid, payment, damage, pagar, paga, pago, pagaria, cuestan, spend, total, hit us with, hit me with, costs, much is, free, gratis, cheap, no cost, complimentary, balance due, comp
day_of_week: day, days, dia, dias, date, dates, fecha, day of the week
time_of_day: time, times, morning, evening, night, afternoon, tonight, today, tomorrow, early, late, am, pm, noon, midnight, hora, hoy, manana, tarde, noche, nite, hrs, oclock, evenings, nights, mornings, earlier, later, medianoche, mediodia, dark, 5am, 6am, sunrise, dawn
span: long, minutes, minute, hours, week, weeks, month, months, year, years, mes, meses, semana, semanas, ano, min, mins, hr, term, minutos, horas, tiempo, daily, weekly, yearly, lasts, last
weekday_word: weekday, weekend, weekdays, weekends, fin de semana, entre semana
count: many, number of, cuantos, cuantas, several, all, both
name: name, called, nombre, named, llama
`;
