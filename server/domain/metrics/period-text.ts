import type { Period } from "./period.ts";

/** A period as it stands in an address: `28`; `dates` with two days; `club.3` or `franchise.12` for a version of the rules. */
export type PeriodText = { readonly period: string | null; readonly from: string | null; readonly to: string | null };

export const DEFAULT_PERIOD: Period = { kind: "days", days: 28 };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const VERSION = /^(club|franchise)\.([1-9]\d{0,6})$/;

/** Null for what is none; nothing at all is the usual period. Whether its days exist the server says. */
export const readPeriod = ({ from, period, to }: PeriodText): Period | null => {
  switch (period) {
    case null:
    case "28":
      return DEFAULT_PERIOD;
    case "7":
      return { kind: "days", days: 7 };
    case "90":
      return { kind: "days", days: 90 };
    case "dates":
      return from !== null && to !== null && DAY.test(from) && DAY.test(to) && to >= from ? { kind: "dates", from, to } : null;
    default: {
      const [, layer, version] = VERSION.exec(period) ?? [];
      return layer === "club" || layer === "franchise" ? { kind: "version", layer, version: Number(version) } : null;
    }
  }
};

export const writePeriod = (period: Period): PeriodText => {
  switch (period.kind) {
    case "days":
      return { period: String(period.days), from: null, to: null };
    case "dates":
      return { period: "dates", from: period.from, to: period.to };
    case "version":
      return { period: `${period.layer}.${period.version}`, from: null, to: null };
  }
};

/** The part of an address behind the question mark, with it; empty for the usual period. */
export const periodQuery = (period: Period): string => {
  const given = Object.entries(writePeriod(period)).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
  return period.kind === "days" && period.days === 28 ? "" : `?${new URLSearchParams(given).toString()}`;
};
