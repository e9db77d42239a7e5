import type { Context, Hono } from "hono";

import type { Person } from "./club-store.ts";
import { fullName } from "./club-store.ts";
import { escapeHtml, SESSION_EXPIRED } from "./html.ts";
import type { Site } from "./site-login.ts";

/** Codes as the author of the public code read them; their meaning is a guess. */
const ACTIVE = 2;
const CURRENT = 1;
const PAST_DUE = 4;
const PAID = 1;
const DELINQUENT = 5;

/** Who trains at the club, and the training packages of the person the session acts as. */
export const addSiteTraining = (app: Hono, site: Site): void => {
  app.get("/action/Assignees/members", (c) => {
    const club = site.sessionOf(c)?.club;
    if (club == null) {
      return c.html(SESSION_EXPIRED);
    }
    const clients = site
      .storeOf(club)
      .people()
      .filter(({ world }) => world.hasTraining);
    return c.html(`<ul id="assignees">${clients.map(assignee).join("\n")}</ul>`);
  });
  app.get("/api/agreements/package_agreements/list", (c) =>
    ofDelegate(c, site, (person) =>
      c.json(packagesOf(person).map(({ agreement, billingState }) => listed(person, { agreement, billingState }))),
    ),
  );
  app.get("/api/agreements/package_agreements/V2/:id", (c) => {
    const includes = c.req.queries("include") ?? [];
    if (includes.some((include) => !["invoices", "scheduledPayments", "prohibitChangeTypes"].includes(include))) {
      return c.json({ error: ["invalid value for parameter: include"] }, 400);
    }
    return ofDelegate(c, site, (person) => {
      const found = packagesOf(person).find(({ agreement }) => String(agreement.id) === c.req.param("id"));
      return found === undefined
        ? c.json({ message: "Server Error" })
        : c.json({ data: { name: found.agreement.name }, include: { invoices: found.invoices, scheduledPayments: [] } });
    });
  });
};

/** Needs the cookies, the bearer token and a token whose claim names the same person as the cookie. */
const ofDelegate = (c: Context, site: Site, work: (person: Person) => Response): Response => {
  const session = site.sessionOf(c);
  if (session?.club == null) {
    return c.json({ message: "Unauthorized" }, 401);
  }
  if (c.req.header("authorization") !== `Bearer ${session.apiToken}`) {
    return c.json({ message: "Server Error" });
  }
  const person = site.storeOf(session.club).findPerson(session.delegatedUserId);
  const isSpoiled = site.faults.strike("agreement_error", c.req.path) !== null;
  return person === null || isSpoiled ? c.json({ message: "Server Error" }) : work(person);
};

const assignee = (person: Person): string => {
  const id = person.world.clubOsId;
  const name = escapeHtml(fullName(person));
  return `<li class="client assignee"><h4 class="name-email"><a href="#" onclick="delegate(${id},'/action/Assignees'); return false;">${name}</a></h4><a class="direct-contact" data-id="${id}" data-name="${name}"></a></li>`;
};

type Package = {
  readonly agreement: { readonly id: number; readonly name: string };
  readonly billingState: number;
  readonly invoices: readonly { readonly invoiceStatus: number; readonly invoiceTotal: number; readonly invoiceDate: string }[];
};

/** What is owed lies on two invoices, so that only a sum is right. */
const packagesOf = ({ world }: Person): readonly Package[] => {
  if (!world.hasTraining) {
    return [];
  }
  const owed = Number(world.trainingOwedMinor);
  const first = Math.floor(owed / 2);
  return [
    {
      agreement: { id: Number(world.clubOsId) - 100_000_000, name: "Training 4x" },
      billingState: owed > 0 ? PAST_DUE : CURRENT,
      invoices: [
        { invoiceStatus: PAID, invoiceTotal: 160, invoiceDate: "2026-09-01" },
        ...(owed > 0
          ? [
              { invoiceStatus: DELINQUENT, invoiceTotal: first / 100, invoiceDate: "2026-10-01" },
              { invoiceStatus: DELINQUENT, invoiceTotal: (owed - first) / 100, invoiceDate: "2026-11-01" },
            ]
          : []),
      ],
    },
  ];
};

const listed = ({ world }: Person, { agreement, billingState }: Pick<Package, "agreement" | "billingState">) => ({
  billingStatuses: { past: [], current: { billingState, eventDate: null, effectiveDate: null }, next: null, future: [] },
  packageAgreement: {
    id: agreement.id,
    packageId: 1,
    name: agreement.name,
    memberId: Number(world.clubOsId),
    agreementStatus: ACTIVE,
    startDate: world.joinedOn,
    endDate: null,
  },
});
