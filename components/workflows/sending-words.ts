import type { SettingWords } from "#components/workflows/setting-words.ts";

const words = (label: string, unit: string, about: string): SettingWords => ({ label, unit, about });

/** How much one person, and all of them together, may be written to. */
export const CAP_WORDS: Readonly<Record<string, SettingWords>> = {
  proactivePerDay: words(
    "To one person in 24 hours",
    "messages",
    "Over all clubs and numbers of the franchise; some states allow no more than three.",
  ),
  billingGapHours: words("Between two about money", "hours", "Never less than a day, whatever is set here."),
  billingPerWeek: words("About money in seven days", "messages", "In California and New York City at most three, whatever is set here."),
  brandTextsPerDay: words(
    "Of the whole brand in 24 hours",
    "texts",
    "What the carriers allow your registered brand; look it up in your registration.",
  ),
};

/** What the law leaves open: off the strict side only with somebody's word for it. */
export const LAW_WORDS: Readonly<Record<string, SettingWords>> = {
  keepsStopToItsTopic: words(
    "A STOP to advertising leaves bills alone",
    "switch",
    "Strict is off: STOP ends everything. On, it is allowed only until January 31, 2027, and counts as off from then on.",
  ),
  remindersAreCollectionInNewYorkCity: words(
    "New York City: reminders are debt collection",
    "switch",
    "Strict is on: a reminder to somebody in the city needs a written opt-in. Whether the rule binds a club that collects its own dues is disputed.",
  ),
};

export const REGION_NAMES: Readonly<Record<string, string>> = {
  AL: "Alabama",
  AK: "Alaska",
  AZ: "Arizona",
  AR: "Arkansas",
  CA: "California",
  CO: "Colorado",
  CT: "Connecticut",
  DC: "District of Columbia",
  DE: "Delaware",
  FL: "Florida",
  GA: "Georgia",
  HI: "Hawaii",
  IA: "Iowa",
  ID: "Idaho",
  IL: "Illinois",
  IN: "Indiana",
  KS: "Kansas",
  KY: "Kentucky",
  LA: "Louisiana",
  MA: "Massachusetts",
  MD: "Maryland",
  ME: "Maine",
  MI: "Michigan",
  MN: "Minnesota",
  MO: "Missouri",
  MS: "Mississippi",
  MT: "Montana",
  NC: "North Carolina",
  ND: "North Dakota",
  NE: "Nebraska",
  NH: "New Hampshire",
  NJ: "New Jersey",
  NM: "New Mexico",
  NV: "Nevada",
  NY: "New York",
  OH: "Ohio",
  OK: "Oklahoma",
  OR: "Oregon",
  PA: "Pennsylvania",
  RI: "Rhode Island",
  SC: "South Carolina",
  SD: "South Dakota",
  TN: "Tennessee",
  TX: "Texas",
  UT: "Utah",
  VA: "Virginia",
  VT: "Vermont",
  WA: "Washington",
  WI: "Wisconsin",
  WV: "West Virginia",
  WY: "Wyoming",
  PR: "Puerto Rico",
  VI: "U.S. Virgin Islands",
  GU: "Guam",
  AS: "American Samoa",
  MP: "Northern Mariana Islands",
  CAN: "Canada",
  unknown: "Where nobody knows the state",
};
