import type { WeekHours } from "#server/domain/policy.ts";

type Common = {
  /** `null` = members can get in at any hour. */
  readonly opening: WeekHours | null;
  readonly staffed: WeekHours;
  readonly parking: readonly string[];
  readonly estacionamiento: string;
  readonly wifiName: string;
  readonly dayPassDollars: number;
};

export type GymProfile = Common & {
  readonly kind: "gym";
  readonly childcare: readonly string[];
  readonly trainingDollars: number;
  readonly fobDollars: number;
  readonly guestDollars: number;
};

export type GolfProfile = Common & {
  readonly kind: "golf";
  readonly bayCount: number;
  readonly weekdayRateDollars: number;
  readonly weekendRateDollars: number;
  readonly lessonDollars: number;
  readonly leagueDay: string;
  readonly rentalDollars: number;
};

export type ClubProfile = GymProfile | GolfProfile;

/** What is special about each demo club. Everything the agent may say of it grows out of this table. */
export const profileOf = (slug: string): ClubProfile => {
  const profile = PROFILES[slug];
  if (profile === undefined) {
    throw new Error(`the demo club ${slug} has no profile`);
  }
  return profile;
};

const between = (fromHour: number, toHour: number): WeekHours[number] => [{ startMinute: fromHour * 60, endMinute: toHour * 60 }];

type Days = {
  readonly weekdays: WeekHours[number];
  readonly friday?: WeekHours[number];
  readonly saturday: WeekHours[number];
  readonly sunday: WeekHours[number];
};

const week = ({ weekdays, friday = weekdays, saturday, sunday }: Days): WeekHours => [
  weekdays,
  weekdays,
  weekdays,
  weekdays,
  friday,
  saturday,
  sunday,
];

const PROFILES: Readonly<Record<string, ClubProfile>> = {
  "ironwood-denver": {
    kind: "gym",
    opening: null,
    staffed: week({ weekdays: between(8, 20), saturday: between(9, 17), sunday: between(10, 16) }),
    parking: ["Parking is free in the lot behind the building.", "The entrance to the lot is on Larkspur Street."],
    estacionamiento: "El estacionamiento detrás del edificio es gratis.",
    wifiName: "Ironwood Guest",
    dayPassDollars: 20,
    childcare: [
      "We have a kids room for children from 2 to 10 years.",
      "The kids room is open Monday to Friday from 9 am to noon.",
      "Childcare costs $5 a visit.",
    ],
    trainingDollars: 65,
    fobDollars: 15,
    guestDollars: 10,
  },
  "ironwood-phoenix": {
    kind: "gym",
    opening: null,
    staffed: week({ weekdays: between(9, 19), saturday: between(9, 15), sunday: [] }),
    parking: ["Parking is free for two hours in the garage next door.", "Bring your parking ticket to the front desk to have it stamped."],
    estacionamiento: "El estacionamiento de al lado es gratis por dos horas.",
    wifiName: "Ironwood Guest",
    dayPassDollars: 18,
    childcare: ["This location has no childcare."],
    trainingDollars: 60,
    fobDollars: 15,
    guestDollars: 10,
  },
  "ironwood-chicago": {
    kind: "gym",
    opening: week({ weekdays: between(5, 23), saturday: between(7, 21), sunday: between(7, 21) }),
    staffed: week({ weekdays: between(7, 21), saturday: between(8, 18), sunday: between(8, 16) }),
    parking: [
      "We have no parking lot of our own.",
      "Parking in the Lakeline garage across the street costs $8 with a stamp from our front desk.",
    ],
    estacionamiento: "El estacionamiento de enfrente cuesta $8 con el sello de la recepción.",
    wifiName: "Ironwood Guest",
    dayPassDollars: 25,
    childcare: ["This location has no childcare."],
    trainingDollars: 75,
    fobDollars: 20,
    guestDollars: 12,
  },
  "fairway-brooklyn": {
    kind: "golf",
    opening: week({ weekdays: between(10, 23), friday: between(10, 24), saturday: between(9, 24), sunday: between(9, 22) }),
    staffed: week({ weekdays: between(10, 23), friday: between(10, 24), saturday: between(9, 24), sunday: between(9, 22) }),
    parking: ["We have no parking lot of our own.", "Street parking on Navy Yard Lane is metered until 7 pm."],
    estacionamiento: "No tenemos estacionamiento propio.",
    wifiName: "Fairway Guest",
    dayPassDollars: 15,
    bayCount: 8,
    weekdayRateDollars: 48,
    weekendRateDollars: 62,
    lessonDollars: 95,
    leagueDay: "Tuesday",
    rentalDollars: 12,
  },
  "fairway-san-diego": {
    kind: "golf",
    opening: week({ weekdays: between(9, 22), friday: between(9, 23), saturday: between(8, 23), sunday: between(8, 21) }),
    staffed: week({ weekdays: between(9, 22), friday: between(9, 23), saturday: between(8, 23), sunday: between(8, 21) }),
    parking: ["Parking is free in the lot in front of the club."],
    estacionamiento: "El estacionamiento frente al club es gratis.",
    wifiName: "Fairway Guest",
    dayPassDollars: 15,
    bayCount: 10,
    weekdayRateDollars: 42,
    weekendRateDollars: 56,
    lessonDollars: 85,
    leagueDay: "Wednesday",
    rentalDollars: 10,
  },
};
