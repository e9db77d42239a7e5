import type { OraclePlace } from "./testing-oracle.ts";

const E = "America/New_York";
const C = "America/Chicago";
const M = "America/Denver";
const P = "America/Los_Angeles";
const Z = "America/Phoenix";
const A = "America/Anchorage";
const H = "Pacific/Honolulu";
const ADAK = "America/Adak";

export const ALL_ZONES: readonly string[] = [E, C, M, Z, P, A, ADAK, H];

export type KnownPlace = { readonly state: string; readonly zones: readonly string[]; readonly isCity?: boolean };

/** By hand, from a map: one or more area codes of every state. */
export const AREA: Readonly<Record<string, KnownPlace>> = {
  "205": { state: "AL", zones: [C] },
  "907": { state: "AK", zones: [A, ADAK] },
  "602": { state: "AZ", zones: [Z] },
  "928": { state: "AZ", zones: [Z, M] },
  "501": { state: "AR", zones: [C] },
  "415": { state: "CA", zones: [P] },
  "303": { state: "CO", zones: [M] },
  "203": { state: "CT", zones: [E] },
  "302": { state: "DE", zones: [E] },
  "202": { state: "DC", zones: [E] },
  "305": { state: "FL", zones: [E] },
  "850": { state: "FL", zones: [E, C] },
  "448": { state: "FL", zones: [E, C] },
  "404": { state: "GA", zones: [E] },
  "808": { state: "HI", zones: [H] },
  "208": { state: "ID", zones: [M, P] },
  "312": { state: "IL", zones: [C] },
  "317": { state: "IN", zones: [E] },
  "812": { state: "IN", zones: [E, C] },
  "930": { state: "IN", zones: [E, C] },
  "515": { state: "IA", zones: [C] },
  "316": { state: "KS", zones: [C] },
  "785": { state: "KS", zones: [C, M] },
  "502": { state: "KY", zones: [E] },
  "270": { state: "KY", zones: [E, C] },
  "504": { state: "LA", zones: [C] },
  "207": { state: "ME", zones: [E] },
  "410": { state: "MD", zones: [E] },
  "617": { state: "MA", zones: [E] },
  "313": { state: "MI", zones: [E] },
  "906": { state: "MI", zones: [E, C] },
  "612": { state: "MN", zones: [C] },
  "601": { state: "MS", zones: [C] },
  "314": { state: "MO", zones: [C] },
  "406": { state: "MT", zones: [M] },
  "402": { state: "NE", zones: [C] },
  "308": { state: "NE", zones: [C, M] },
  "702": { state: "NV", zones: [P] },
  "775": { state: "NV", zones: [P, M] },
  "603": { state: "NH", zones: [E] },
  "201": { state: "NJ", zones: [E] },
  "505": { state: "NM", zones: [M] },
  "518": { state: "NY", zones: [E] },
  "212": { state: "NY", zones: [E], isCity: true },
  "917": { state: "NY", zones: [E], isCity: true },
  "704": { state: "NC", zones: [E] },
  "701": { state: "ND", zones: [C, M] },
  "216": { state: "OH", zones: [E] },
  "405": { state: "OK", zones: [C] },
  "503": { state: "OR", zones: [P] },
  "541": { state: "OR", zones: [P, M] },
  "215": { state: "PA", zones: [E] },
  "401": { state: "RI", zones: [E] },
  "803": { state: "SC", zones: [E] },
  "605": { state: "SD", zones: [C, M] },
  "615": { state: "TN", zones: [C] },
  "865": { state: "TN", zones: [E] },
  "423": { state: "TN", zones: [E, C] },
  "214": { state: "TX", zones: [C] },
  "915": { state: "TX", zones: [M] },
  "801": { state: "UT", zones: [M] },
  "802": { state: "VT", zones: [E] },
  "703": { state: "VA", zones: [E] },
  "206": { state: "WA", zones: [P] },
  "304": { state: "WV", zones: [E] },
  "414": { state: "WI", zones: [C] },
  "307": { state: "WY", zones: [M] },
  "787": { state: "PR", zones: ["America/Puerto_Rico"] },
  "416": { state: "CAN", zones: [E] },
  "604": { state: "CAN", zones: [P] },
};

/** By hand, from a map: ZIP codes of every state. */
export const ZIPS: Readonly<Record<string, KnownPlace>> = {
  "35203": { state: "AL", zones: [C] },
  "99501": { state: "AK", zones: [A, ADAK] },
  "99701": { state: "AK", zones: [A] },
  "85004": { state: "AZ", zones: [Z] },
  "86515": { state: "AZ", zones: [Z, M] },
  "72201": { state: "AR", zones: [C] },
  "90012": { state: "CA", zones: [P] },
  "80202": { state: "CO", zones: [M] },
  "06103": { state: "CT", zones: [E] },
  "19801": { state: "DE", zones: [E] },
  "20001": { state: "DC", zones: [E] },
  "33101": { state: "FL", zones: [E] },
  "32501": { state: "FL", zones: [C] },
  "32401": { state: "FL", zones: [E, C] },
  "30303": { state: "GA", zones: [E] },
  "96813": { state: "HI", zones: [H] },
  "83702": { state: "ID", zones: [M] },
  "83814": { state: "ID", zones: [P] },
  "60601": { state: "IL", zones: [C] },
  "46204": { state: "IN", zones: [E] },
  "47708": { state: "IN", zones: [E, C] },
  "50309": { state: "IA", zones: [C] },
  "67202": { state: "KS", zones: [C] },
  "67735": { state: "KS", zones: [C, M] },
  "40202": { state: "KY", zones: [E] },
  "42001": { state: "KY", zones: [E, C] },
  "70112": { state: "LA", zones: [C] },
  "04101": { state: "ME", zones: [E] },
  "21201": { state: "MD", zones: [E] },
  "02108": { state: "MA", zones: [E] },
  "05501": { state: "MA", zones: [E] },
  "48226": { state: "MI", zones: [E] },
  "49801": { state: "MI", zones: [E, C] },
  "55401": { state: "MN", zones: [C] },
  "39201": { state: "MS", zones: [C] },
  "63101": { state: "MO", zones: [C] },
  "59601": { state: "MT", zones: [M] },
  "68102": { state: "NE", zones: [C] },
  "69301": { state: "NE", zones: [M] },
  "89101": { state: "NV", zones: [P] },
  "89883": { state: "NV", zones: [P, M] },
  "03301": { state: "NH", zones: [E] },
  "07102": { state: "NJ", zones: [E] },
  "87501": { state: "NM", zones: [M] },
  "12207": { state: "NY", zones: [E] },
  "10001": { state: "NY", zones: [E], isCity: true },
  "10301": { state: "NY", zones: [E], isCity: true },
  "10458": { state: "NY", zones: [E], isCity: true },
  "11004": { state: "NY", zones: [E], isCity: true },
  "11201": { state: "NY", zones: [E], isCity: true },
  "11101": { state: "NY", zones: [E], isCity: true },
  "11373": { state: "NY", zones: [E], isCity: true },
  "11432": { state: "NY", zones: [E], isCity: true },
  "11691": { state: "NY", zones: [E], isCity: true },
  "11530": { state: "NY", zones: [E] },
  "11021": { state: "NY", zones: [E] },
  "28202": { state: "NC", zones: [E] },
  "58102": { state: "ND", zones: [C] },
  "58501": { state: "ND", zones: [C, M] },
  "44113": { state: "OH", zones: [E] },
  "73102": { state: "OK", zones: [C] },
  "97204": { state: "OR", zones: [P] },
  "97914": { state: "OR", zones: [P, M] },
  "19103": { state: "PA", zones: [E] },
  "02903": { state: "RI", zones: [E] },
  "29201": { state: "SC", zones: [E] },
  "57104": { state: "SD", zones: [C] },
  "57701": { state: "SD", zones: [M] },
  "37203": { state: "TN", zones: [C] },
  "37902": { state: "TN", zones: [E] },
  "75201": { state: "TX", zones: [C] },
  "73301": { state: "TX", zones: [C, M] },
  "79901": { state: "TX", zones: [M] },
  "84111": { state: "UT", zones: [M] },
  "05401": { state: "VT", zones: [E] },
  "20101": { state: "VA", zones: [E] },
  "23219": { state: "VA", zones: [E] },
  "98101": { state: "WA", zones: [P] },
  "25301": { state: "WV", zones: [E] },
  "53202": { state: "WI", zones: [C] },
  "82001": { state: "WY", zones: [M] },
  "00901": { state: "PR", zones: ["America/Puerto_Rico"] },
  "96910": { state: "GU", zones: ["Pacific/Guam"] },
};

/** States by themselves, as an address without a ZIP code tells them. */
export const STATES: Readonly<Record<string, readonly string[]>> = {
  FL: [E, C],
  ID: [M, P],
  AZ: [Z, M],
  CA: [P],
  NY: [E],
  TX: [C, M],
  RI: [E],
  HI: [H],
  CT: [E],
  AK: [A, ADAK],
};

export type Clues = {
  readonly areaCode: string | null;
  readonly zip: string | null;
  readonly state: string | null;
  readonly timeZone: string | null;
  readonly clubTimeZone: string;
};

/** Where somebody is by these clues, as a person would put it together. */
export const placeByHand = ({ areaCode, zip, state, timeZone, clubTimeZone }: Clues): OraclePlace => {
  const number = areaCode === null ? undefined : AREA[areaCode];
  const address = zip === null ? undefined : ZIPS[zip];
  const stateZones = state === null || state === address?.state ? [] : (STATES[state] ?? []);
  const told = [...(address?.zones ?? []), ...stateZones, ...(timeZone === null ? [] : [timeZone])];
  const nothing = told.length === 0 && number === undefined;
  return {
    states: [...new Set([address?.state, state ?? undefined, number?.state].filter((one) => one !== undefined))],
    zones: [
      ...new Set(
        nothing ? [...ALL_ZONES, clubTimeZone] : [...told, ...(number?.zones ?? []), ...(told.length === 0 ? [clubTimeZone] : [])],
      ),
    ],
    isCity: address === undefined ? number?.isCity === true : address.isCity === true,
  };
};
