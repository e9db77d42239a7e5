import { redact } from "./redact.ts";

const PRIVATE = "[private]";
/** Facts of one person that no pattern finds: an amount as a bare number, a day of birth. */
const PRIVATE_KEY = /minor|balance|amount|phone|e-?mail|address|birth|postal|name$/i;

/** A moment tells of nobody, and a long number is what it would be taken for. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

type Known = { /** Of the people it may speak of. */ readonly names: readonly string[] };

/** A value as it was asked for or answered, without names, numbers, addresses and amounts; its shape stays. */
export const maskJson = (value: unknown, known: Known): unknown => {
  if (typeof value === "string") {
    return INSTANT.test(value) ? value : redact(value, known);
  }
  if (Array.isArray(value)) {
    return value.map((entry) => maskJson(entry, known));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, PRIVATE_KEY.test(key) && isScalar(entry) ? PRIVATE : maskJson(entry, known)]),
    );
  }
  return value;
};

const isScalar = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
