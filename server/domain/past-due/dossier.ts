import { z } from "zod";

import { csvText } from "../csv-text.ts";
import { formatInTimeZone } from "../local-time.ts";
import { formatMoney, plainAmount } from "../money.ts";

const Minor = z.string().regex(/^-?\d{1,15}$/);

/** What is put before two people about one debt, and what goes to an agency: as it stood on the day it was prepared. */
export const Dossier = z.object({
  /** The member's number in the club's own system; null = it has none. */
  memberNumber: z.string().nullable(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  state: z.string().nullable(),
  postalCode: z.string().nullable(),
  membershipType: z.string().nullable(),
  owedMinor: Minor,
  /** The part of it that is owed for training. */
  trainingMinor: Minor,
  currency: z.string(),
  episodeOn: z.string(),
  daysPastDue: z.int(),
  attemptCount: z.int(),
  /** Every text about money and every call of the episode, the oldest first, with what proves it. */
  contacts: z.array(
    z.object({
      at: z.coerce.date(),
      what: z.string(),
      outcome: z.string(),
      deliveredAt: z.coerce.date().nullable(),
      /** The vendor's id of the message. */
      reference: z.string().nullable(),
      text: z.string().nullable(),
    }),
  ),
  promises: z.array(z.object({ promisedOn: z.string(), status: z.string(), amountMinor: Minor.nullable() })),
  holds: z.array(z.object({ kind: z.string(), reason: z.string(), since: z.coerce.date(), until: z.coerce.date().nullable() })),
  /** What arrived since the episode began. */
  payments: z.array(z.object({ at: z.coerce.date(), amountMinor: Minor })),
  locks: z.array(z.object({ lockedAt: z.coerce.date(), unlockedAt: z.coerce.date().nullable() })),
  preparedAt: z.coerce.date(),
});
export type Dossier = z.infer<typeof Dossier>;

/** One case of an export, with who let it go. */
export type ExportedCase = {
  readonly dossier: Dossier;
  readonly status: string;
  readonly approvedBy: readonly string[];
  readonly decidedAt: Date | null;
};

const COLUMNS = [
  "Name",
  "Member number",
  "Phone",
  "Email",
  "State",
  "ZIP code",
  "Membership",
  "Amount owed",
  "Of it for training",
  "Currency",
  "Past due since",
  "Days past due",
  "Reminders and calls",
  "Last contact",
  "Last payment",
  "Promises",
  "Approved by",
  "Approved on",
] as const;

type Place = { readonly timeZone: string };

/** One line a case, after a line of headings; a table program opens it as it is. */
export const referralCsv = (cases: readonly ExportedCase[], { timeZone }: Place): string =>
  csvText([[...COLUMNS], ...cases.map((one) => cellsOf(one, timeZone))]);

const cellsOf = ({ approvedBy, decidedAt, dossier }: ExportedCase, timeZone: string): readonly string[] => {
  const lastContact = dossier.contacts.at(-1);
  const lastPayment = dossier.payments.at(-1);
  return [
    dossier.name,
    dossier.memberNumber ?? "",
    dossier.phone ?? "",
    dossier.email ?? "",
    dossier.state ?? "",
    dossier.postalCode ?? "",
    dossier.membershipType ?? "",
    plainAmount(dossier.owedMinor, dossier.currency),
    plainAmount(dossier.trainingMinor, dossier.currency),
    dossier.currency,
    dossier.episodeOn,
    `${dossier.daysPastDue}`,
    `${dossier.attemptCount}`,
    lastContact === undefined ? "" : `${dayIn(lastContact.at, timeZone)} ${lastContact.what}`,
    lastPayment === undefined ? "" : `${dayIn(lastPayment.at, timeZone)} ${formatMoney(lastPayment.amountMinor, dossier.currency)}`,
    dossier.promises.map(({ promisedOn, status }) => `${promisedOn} ${status}`).join("; "),
    approvedBy.join("; "),
    decidedAt === null ? "" : dayIn(decidedAt, timeZone),
  ];
};

const dayIn = (at: Date, timeZone: string): string => formatInTimeZone(at, timeZone, "yyyy-MM-dd");

export type DossierSection = { readonly heading: string; readonly lines: readonly string[] };

/** A case as people read it, on paper or on a page. */
export const dossierSections = (one: ExportedCase, { timeZone }: Place): readonly DossierSection[] => {
  const write: Write = {
    money: (minor) => formatMoney(minor, one.dossier.currency),
    moment: (at) => formatInTimeZone(at, timeZone, "yyyy-MM-dd HH:mm"),
  };
  return [...debtSections(one.dossier, write), ...historySections(one.dossier, write), decisionSection(one, write)].map(
    ({ heading, lines }) => ({ heading, lines: lines.length === 0 ? ["None."] : lines }),
  );
};

type Write = { readonly money: (minor: string) => string; readonly moment: (at: Date) => string };

const known = (label: string, value: string | null): readonly string[] => (value === null || value === "" ? [] : [`${label}: ${value}`]);

const debtSections = (dossier: Dossier, { moment, money }: Write): readonly DossierSection[] => [
  {
    heading: "Who owes",
    lines: [
      `Name: ${dossier.name}`,
      ...known("Member number", dossier.memberNumber),
      ...known("Phone", dossier.phone),
      ...known("Email", dossier.email),
      ...known("Where", [dossier.state, dossier.postalCode].filter((part) => part !== null).join(" ")),
      ...known("Membership", dossier.membershipType),
    ],
  },
  {
    heading: "What is owed",
    lines: [
      `Amount: ${money(dossier.owedMinor)}${dossier.trainingMinor === "0" ? "" : `, ${money(dossier.trainingMinor)} of it for training`}`,
      `Past due for ${dossier.daysPastDue} days, owing since ${dossier.episodeOn}`,
      `As it stood on ${moment(dossier.preparedAt)}`,
    ],
  },
];

const historySections = (dossier: Dossier, { moment, money }: Write): readonly DossierSection[] => [
  {
    heading: `Contacts (${dossier.attemptCount} reminders and calls count)`,
    lines: dossier.contacts.flatMap(({ at, deliveredAt, outcome, reference, text, what }) => [
      [
        `${moment(at)}  ${what}, ${outcome}`,
        ...(deliveredAt === null ? [] : [`delivered ${moment(deliveredAt)}`]),
        ...(reference === null ? [] : [`reference ${reference}`]),
      ].join(", "),
      ...(text === null ? [] : [`    ${text.replaceAll(/\s+/g, " ")}`]),
    ]),
  },
  {
    heading: "Promises",
    lines: dossier.promises.map(
      (promise) => `${promise.promisedOn}: ${promise.amountMinor === null ? "all of it" : money(promise.amountMinor)}, ${promise.status}`,
    ),
  },
  {
    heading: "Holds",
    lines: dossier.holds.map(
      ({ kind, reason, since, until }) =>
        `${moment(since)} to ${until === null ? "open" : moment(until)}  ${kind.replaceAll("_", " ")}: ${reason}`,
    ),
  },
  { heading: "Payments", lines: dossier.payments.map(({ amountMinor, at }) => `${moment(at)}  ${money(amountMinor)}`) },
  {
    heading: "Door",
    lines: dossier.locks.map(
      ({ lockedAt, unlockedAt }) => `Locked ${moment(lockedAt)}${unlockedAt === null ? "" : `, unlocked ${moment(unlockedAt)}`}`,
    ),
  },
];

const decisionSection = ({ approvedBy, decidedAt, status }: ExportedCase, { moment }: Write): DossierSection => ({
  heading: "Decision",
  lines: [
    `State: ${status}`,
    ...approvedBy.map((name) => `Approved by ${name}`),
    ...(decidedAt === null ? [] : [`Decided ${moment(decidedAt)}`]),
  ],
});
