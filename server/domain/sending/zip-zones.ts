import { zonesOfRegion } from "./regions.ts";

/**
 * The first three digits of ZIP codes by state, each `from-until`. Source: the allocation of the United States Postal
 * Service, read 2026-11. Military mail (090–098, 340, 962–966) may lie anywhere on earth and is not here.
 */
const PREFIXES_OF_REGION: Readonly<Record<string, string>> = {
  NY: "005-005 100-149",
  PR: "006-007 009-009",
  VI: "008-008",
  MA: "010-027 055-055",
  RI: "028-029",
  NH: "030-038",
  ME: "039-049",
  VT: "050-054 056-059",
  CT: "060-069",
  NJ: "070-089",
  PA: "150-196",
  DE: "197-199",
  DC: "200-200 202-205",
  VA: "201-201 220-246",
  MD: "206-219",
  WV: "247-268",
  NC: "270-289",
  SC: "290-299",
  GA: "300-319 398-399",
  FL: "320-339 341-349",
  AL: "350-369",
  TN: "370-385",
  MS: "386-397",
  KY: "400-427",
  OH: "430-459",
  IN: "460-479",
  MI: "480-499",
  IA: "500-528",
  WI: "530-549",
  MN: "550-567",
  SD: "570-577",
  ND: "580-588",
  MT: "590-599",
  IL: "600-629",
  MO: "630-658",
  KS: "660-679",
  NE: "680-693",
  LA: "700-714",
  AR: "716-729",
  OK: "730-732 734-749",
  TX: "733-733 750-799 885-885",
  CO: "800-816",
  WY: "820-831",
  ID: "832-838",
  UT: "840-847",
  AZ: "850-865",
  NM: "870-884",
  NV: "889-898",
  CA: "900-961",
  HI: "967-968",
  GU: "969-969",
  OR: "970-979",
  WA: "980-994",
  AK: "995-999",
};

/**
 * Prefixes of a state with several zones that lie in one of them; the others have all zones of their state. Source: the
 * table of zipcode-to-timezone 0.0.9, against which Evansville (477), Oregon's 979, Nevada's 898 and the Aleutians (995) were corrected.
 */
const PREFIXES_IN_ONE_ZONE: Readonly<Record<string, string>> = {
  "America/New_York":
    "320-323 326-339 341-349 460-462 464-464 466-468 470-474 478-478 400-400 402-418 425-425 374-374 376-376 378-379 480-497",
  "America/Chicago": "325-325 370-372 375-375 380-385 660-676 679-679 680-689 580-584 587-588 570-574 750-797",
  "America/Denver": "586-586 577-577 693-693 799-799 885-885 832-834 837-837",
  "America/Phoenix": "850-852 857-857 863-863",
  "America/Los_Angeles": "838-838 970-978 889-895 897-897",
  "America/Anchorage": "996-999",
};

const spread = (table: Readonly<Record<string, string>>): ReadonlyMap<number, string> =>
  new Map(
    Object.entries(table).flatMap(([name, ranges]) =>
      ranges.split(" ").flatMap((range) => {
        const [from = 0, until = 0] = range.split("-").map(Number);
        return Array.from({ length: until - from + 1 }, (_, index) => [from + index, name] as const);
      }),
    ),
  );

const REGION_OF_PREFIX = spread(PREFIXES_OF_REGION);
const ZONE_OF_PREFIX = spread(PREFIXES_IN_ONE_ZONE);

/** Manhattan, Staten Island, the Bronx, Queens and Brooklyn; of 110 only what lies, or lies in part, within the city. */
const CITY_PREFIXES: ReadonlySet<number> = new Set([100, 101, 102, 103, 104, 111, 112, 113, 114, 116]);
const CITY_CODES: ReadonlySet<string> = new Set(["11001", "11004", "11005", "11040", "11096"]);

export type ZipPlace = { readonly region: string; readonly zones: readonly string[]; readonly isNewYorkCity: boolean };

/** Where a ZIP code lies; null for what is none of the United States. @param postalCode five digits, or nine with a dash */
export const placeOfZip = (postalCode: string | null): ZipPlace | null => {
  const code = /^\s*(\d{5})(?:-?\d{4})?\s*$/.exec(postalCode ?? "")?.[1];
  const prefix = Number(code?.slice(0, 3));
  const region = code === undefined ? undefined : REGION_OF_PREFIX.get(prefix);
  if (code === undefined || region === undefined) {
    return null;
  }
  const zone = ZONE_OF_PREFIX.get(prefix);
  return {
    region,
    zones: zone === undefined ? zonesOfRegion(region) : [zone],
    isNewYorkCity: CITY_PREFIXES.has(prefix) || CITY_CODES.has(code),
  };
};
