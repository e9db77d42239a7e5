import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";

const LINE = /^(?:sandbox-line-|PNline|line-)([0-9a-f]{10})$/;

/** Numbers 555-0150 to 555-0199: no invented member has one of them. */
const FIRST_NUMBER = 150;
const NUMBER_COUNT = 50;

/**
 * Text lines for clubs that are founded while the sandbox runs. Whoever calls with a key `sandbox-line-<10 hex digits>` has a
 * line of their own with the number id `PNline<the same>`, without setting anything up; members text it as `line-<the same>`.
 */
export const createSpareLines = () => {
  const lines = new Map<string, DemoClub>();
  const find = (name: string): DemoClub | undefined => {
    const digits = LINE.exec(name)?.[1];
    if (digits === undefined) {
      return undefined;
    }
    const known = lines.get(digits) ?? lineOf(digits);
    if (known !== undefined) {
      lines.set(digits, known);
    }
    return known;
  };
  return {
    byKey: find,
    byName: find,
    byNumber: (number: string): DemoClub | undefined => find(number) ?? [...lines.values()].find(({ phone }) => phone === number),
  };
};

const lineOf = (digits: string): DemoClub | undefined => {
  const [model] = DEMO_CLUBS;
  if (model === undefined) {
    return undefined;
  }
  const number = FIRST_NUMBER + (Number.parseInt(digits, 16) % NUMBER_COUNT);
  return {
    ...model,
    id: `line-${digits}`,
    slug: `line-${digits}`,
    name: "Sandbox text line",
    phone: `+1${model.areaCode}5550${number}`,
    openPhone: { phoneNumberId: `PNline${digits}`, apiKey: `sandbox-line-${digits}`, webhookKey: "" },
    connections: { ...model.connections, openPhone: "" },
  };
};
