/** What stands in an agreement or on a bill. Same form as the things. */
export const MEMBERSHIP = `
membership: membership, member, join, joining, plan, tier, package deal, membresia, socio, inscribir, inscribirme, sign up for, basic plan
non_member: non member, nonmember, not a member, isnt a member, not members, no soy socio, without joining, without a membership, without being a member, general public, public
individual: individual, single person, just me, just for me, for myself, one person, solo adult, single membership
couple: couple, wife, husband, spouse, partner, girlfriend, boyfriend, fiance, both of us, two of us, esposa, esposo, pareja, my wife and i, my boyfriend and i
family: family, whole family, household, family plan, family of, adults n, 2 adults, kids and me, familia, familiar, dependents
student: student, college, university, school kid, in school, estudiante
senior: senior, retiree, retired, older adult, elderly, senior citizen, anciano, jubilado, mayor de, over 60, over 65, grandma, grandpa
military: military, veteran, vet, army, navy, marine, active duty, militar, armed forces, served
first_responder: first responder, police, cop, firefighter, nurse, emt, paramedic, ems, law enforcement, policia, bombero, healthcare worker
teacher: teacher, educator, maestro, profesor
corporate: corporate, employer, employee, company discount, company rate, coworker rate, corporate partner, my work, my company, my job, business account, corporate rate, empresa, human resources
young_professional: young professional, young adult, under 30
discount: cheapest, cut rate, price break, discount, deal, promo, promotion, special, coupon, cheaper, pay less, less, save, break on, percent off, % off, anything off, money off, descuento, rebaja, promocion, black friday deal, sale, student rate, off peak
combining: combined, combine, stack, add up, at once, two discounts, both discounts, together with
unlimited: unlimited, as much as, ilimitado
referral: referral, refer, refer a friend, recommend
trial: free trial, trial, try it out, try out, try it, test it out, free pass, free class, free visit, first class free, prueba, first visit free, free week, trial week
day_pass: day pass, daily pass, one day, day guest, drop in, drop in rate, just today, one time visit, single visit, single day, pase de un dia, pase del dia, un solo dia, por un dia, one day thing, dia pass, just for the day, day use, daily rate
week_pass: week pass, 7 day pass, weekly pass, one week, for a week, for the week, pase de una semana, one month pass, month pass, 10 visit
guest: guest, visitor, plus one, bring a friend, bring someone, bring somebody, bring my, bring a buddy, bring people, come with me, friend, buddy, invitado, invitar, amigo, tag along, traer, llevar a mi, come along, bring him, bring her, invite, coworker, freind, pal, guests
annual_contract: 12 month, twelve month, year contract, yearly contract, annual contract, commit to a year, year agreement, yearly agreement, contrato de un ano, a year, one year, annual membership, yearly membership, contrato anual, annual plan, year commitment, whole year, 12 months, commit
month_to_month: month to month, no contract, no commitment, monthly membership, sin contrato, without a contract, no strings, go monthly, month by month, without signing, not locked in, mes a mes
contract: minimum commitment, contract, agreement, commitment, bound, tied, locked in, contrato, sign a contract, terms
enrollment_fee: enrollment, enrollment fee, joining fee, join fee, sign up fee, signup fee, initiation fee, initiation, startup fee, start up cost, startup cost, startup, upfront, up front, registration fee, inscripcion, cuota de inscripcion, to get started, one time fee, activation
annual_fee: annual fee, yearly fee, maintenance fee, cuota anual, one of those yearly fees, hidden fee
dues: dues, monthly, mensualidad, monthly payment, a month, per month, each month, al mes, por mes
billing: billing, billed, bill, draft, drafted, charged each, take the payment, money come out, autopay, auto pay, comes out, come out, payment date, due date, billing date, payment day, withdraw, cobro, cobran, taken out, takes the money, payment go, dues come, payments come, charge me, charge my card, pull the money, run my card
statement: statement, receipt, invoice, recibo, factura, itemized
failed_payment: bounce, returned payment, declined, failed payment, payment fails, card declines, nsf, insufficient, payment doesnt go, decline, card expires, late payment, pay late, paid late, missed payment, miss a payment
past_due: behind, past due, overdue, owe, unpaid, debo, balance, collections
card_change: change my card, update my card, new card, new credit card, update card, update my payment, change my payment, switch cards, card on file, cambiar tarjeta, change card, different card
surcharge: surcharge, processing fee, card fee, convenience fee, extra for card, credit card fee
credit_card: credit card, debit card, debit, visa, mastercard, amex, tarjeta, card, credit
cash: cash, efectivo
bank_draft: bank account, bank draft, ach, checking, routing
venmo: venmo, zelle, paypal, cash app, cashapp, apple pay, google pay, tap to pay, bitcoin, crypto
check_pay: check by, personal check, write a check, pay by check
prepay: pay ahead, prepay, pay in full, pay the whole year, pay for the year, pay the year, pay up front, advance payment, paid in full, pago por adelantado
prorate: prorate, pro rate, pro rated, partial month, mid month, middle of the month
installment: installment, payment plan, klarna, afterpay, financing
freeze: freeze, frozen, pause, pausa, put on hold, on hold, hold, suspend, suspension, stop my membership for, take a break, congelar, pausar, suspender, freezing, put it on pause, put my membership on
medical: medical, doctor, doctors note, surgery, injury, injured, pregnant, pregnancy, physician, sick, ill, fever, broke my, medico, lesion, embarazada, hurt, operation, maternity, illness, embarazo
cancel: cancel, cancelled, call off, cancelar, cutoff to cancel, canceled
cancel_membership: cancel membership, cancel my membership, cancel, cancellation, quit, end membership, end it, ending, terminate, leave the gym, leave the club, get out of, stop my membership, cancelo, cancelar, cancelacion, dar de baja, leaving, done with, close my account, getting out, cancelling, drop my membership, back out, break my contract, breaking the agreement, break the lease, break my agreement, break the contract, end my membership, early exit, stop being a member, dejar, terminar, not renew
penalty: penalty, early termination, early exit, termination fee, cancellation fee, buyout fee, cancel fee, get charged for leaving, multa
relocation: moving, move away, move, relocate, relocating, mudarme, mudo, moving to another, out of state, move more than
rejoin: come back, rejoin, return, again later, comeback, coming back, restart, start up again, reactivate, volver, regreso, if i return
carry_over: roll over, rollover, carry over, unused, dont use, left over, leftover, not used
transfer: transfer, give my membership, sell my membership, switch it to, hand over my membership, put it in my, transferir, transferable, someone else
upgrade: upgrade, downgrade, switch plan, change plan, change my plan, add someone, add my, switch membership, add a person, add a family member, change membership, cambiar de plan, add on, addon, add her, add him
other_location: other location, other club, other gym, sister club, another location, any location, all locations, both locations, reciprocity, travel pass, otra sucursal, sucursales, other branch, other locations
refund: refund, money back, get back, reembolso, devolucion, credit back, get my money, refundable, devuelven, fee back, deposit back
expire: expire, expiration, expires, still good, good for, valid, vence, use by, run out, how long good, caducan, use em, use them, how long is it good, how long are they good, still work, old gift, still use
deposit: deposit, down payment, hold the date, hold my date, deposito, secure the date
tip: tip, gratuity, propina, service charge
tax: tax, taxes, impuesto
extra_charge: extra, additional, included, include, come with, comes with, incluye, incluido, includes, free with, on top, part of, cuesta extra, pay each time, pay separately, comes in my, part of my, separate charge, cost more
late_pickup: late pickup, late picking up, pick up late, picking up, pick up my kid, pickup late, pick up my, late to get my, late to pick
no_show: nobody comes, nobody show, if nobody, dont show, doesnt show, miss, missed, miss a, not show, didnt show, bail, bail on, flake, skip, forget to cancel, dont make it, cant make it, cant make, last minute, late cancel, cancel late, make up, made up, make it up, makeup, cancel a booking, cancel my booking, cancel my reservation, cancel a class, cancel a reservation, cancel my class, cancel a session, cancel my session, cancel my bay, cancel our, cancel the bay, cancel my lesson, back out of, no lo uso, faltar, no voy
running_late: running late, late to, be late, minutes late, arrive late, get there late, late for, tarde, show up late, late arrival, min late
waitlist: waitlist, wait list, waiting list, full class, class is full, spot opens, its full, sold out, get in line, lista de espera, give away, given away, lose my spot, give my spot, give my bike
booking: book, booking, reserve, reservation, reserved, grab a, make a reservation, schedule a, set up a, sign up ahead, sign up for class, reservar, reserva, register, registration, registrarse, need to sign up, claim, save a spot, get a spot, secure, agendar, apartar, sign up
walk_in: walk in, just show up, show up, walk up, without a reservation, without booking, without reserving, walkin, drop by, stop by, come by, swing by, first come, sin reserva, just walk in, come in without, pop in, sin cita
advance: in advance, ahead, ahead of time, how far out, how far ahead, how soon, how early can i, earliest, notice, warning, heads up, con cuanto tiempo, anticipacion, aviso, avisar, let you know, days before, beforehand, give notice, tell you, how much notice, con cuanta anticipacion
written_notice: in writing, written, cancellation form, form, letter, by email, note, formulario
tour: tour, look around, check the place out, check it out, see the place, show me around, visita, conocer, see the gym, see the club, come see, take a look, check out the
`;
