/** The federal district and territories count like states here; `CAN` is all of Canada. */
export const REGIONS = [
  ..."AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY".split(
    " ",
  ),
  ..."PR VI GU AS MP CAN".split(" "),
] as const;

const EASTERN = "America/New_York";
const CENTRAL = "America/Chicago";
const MOUNTAIN = "America/Denver";
const ARIZONA = "America/Phoenix";
const PACIFIC = "America/Los_Angeles";
const ALASKA = "America/Anchorage";

const each = (regions: string, zones: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(regions.split(" ").map((region) => [region, zones]));

/** Every zone in which people of a state live; zones that have long kept the same clock stand under one name. */
const ZONES_OF_REGION: Readonly<Record<string, readonly string[]>> = {
  ...each("CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV", [EASTERN]),
  ...each("AL AR IA IL LA MN MO MS OK WI", [CENTRAL]),
  ...each("CO MT NM UT WY", [MOUNTAIN]),
  ...each("CA WA", [PACIFIC]),
  ...each("FL IN KY MI TN", [EASTERN, CENTRAL]),
  ...each("KS ND NE SD TX", [CENTRAL, MOUNTAIN]),
  ...each("ID NV OR", [MOUNTAIN, PACIFIC]),
  // The Navajo Nation changes its clocks, the rest of Arizona does not.
  AZ: [ARIZONA, MOUNTAIN],
  AK: [ALASKA, "America/Adak"],
  HI: ["Pacific/Honolulu"],
  PR: ["America/Puerto_Rico"],
  VI: ["America/St_Thomas"],
  GU: ["Pacific/Guam"],
  MP: ["Pacific/Saipan"],
  AS: ["Pacific/Pago_Pago"],
  CAN: ["America/St_Johns", "America/Halifax", EASTERN, CENTRAL, "America/Regina", MOUNTAIN, PACIFIC],
};

/** All zones of a state; none for what is no state. */
export const zonesOfRegion = (region: string): readonly string[] => ZONES_OF_REGION[region] ?? [];

/** Where nothing is known of where somebody is, an hour must suit all fifty states and the federal district. */
export const ALL_STATE_ZONES: readonly string[] = [
  EASTERN,
  CENTRAL,
  MOUNTAIN,
  ARIZONA,
  PACIFIC,
  ALASKA,
  "America/Adak",
  "Pacific/Honolulu",
];

/** A state as systems write it, `ca` or `CA `, as its two letters; null for anything else. */
export const regionOf = (text: string | null): string | null => {
  const code = (text ?? "").trim().toUpperCase();
  return REGIONS.includes(code) ? code : null;
};
