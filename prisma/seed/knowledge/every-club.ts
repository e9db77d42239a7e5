import { closedDaysOf, openDaysOf } from "#server/domain/hours-text.ts";

import type { DemoClub } from "../../demo.ts";
import { payHostOf } from "../policies.ts";
import type { ClubProfile } from "../profiles.ts";
import { price, type SeedArticle } from "./article.ts";
import { phoneText } from "./phone-text.ts";

/** What both kinds of club are asked. */
export const sharedArticles = (club: DemoClub, profile: ClubProfile): readonly SeedArticle[] => [
  openingHours(profile),
  deskHours(profile),
  {
    title: "Holiday hours",
    sentences: [
      "On Thanksgiving the front desk is closed.",
      "On Christmas Eve the front desk closes at 2 pm.",
      "On Christmas Day the front desk is closed.",
      "On New Year's Day the front desk opens at noon.",
      "On all other holidays we keep our regular hours.",
    ],
    facts: [{ kind: "hours", label: "Christmas Eve, front desk closes", value: "14:00" }],
  },
  { title: "Parking", sentences: profile.parking },
  {
    title: "Wifi",
    sentences: [
      "Wifi is free for members and guests.",
      `The wifi network is called ${profile.wifiName}.`,
      "The front desk tells you the wifi password.",
    ],
  },
  {
    title: "Address and phone",
    sentences: [`Our address is ${club.address}.`, `Our phone number for calls and texts is ${phoneText(club.phone)}.`],
    facts: [{ kind: "phone", label: "Club", value: club.phone }],
  },
  {
    title: "How to pay",
    sentences: [
      `You can pay your balance online at https://${payHostOf(club.slug)}/account.`,
      "You can also pay by credit card at the front desk.",
      "Dues are billed on the first day of each month.",
    ],
    facts: [{ kind: "link", label: "Pay online", value: `https://${payHostOf(club.slug)}/account` }],
  },
  {
    title: "Gift cards",
    sentences: ["Gift cards are sold at the front desk and online.", "Gift cards come in $25, $50 and $100.", "Gift cards never expire."],
    facts: [price("Smallest gift card", 25), price("Largest gift card", 100)],
  },
  {
    title: "Lost and found",
    sentences: ["Lost items are kept at the front desk for 30 days.", "Keys, phones and wallets are kept in the safe."],
  },
];

export const spanishArticles = (club: DemoClub, profile: ClubProfile): readonly SeedArticle[] => [
  {
    title: "Horario",
    sentences: [
      ...(profile.opening === null
        ? ["Los miembros pueden entrar las 24 horas al día con su llave."]
        : openDaysOf(profile.opening, "es").map((days) => `Abrimos ${days}.`)),
      ...openDaysOf(profile.staffed, "es").map((days) => `La recepción atiende ${days}.`),
    ],
  },
  {
    title: "Precio del pase de un día",
    sentences: [`El pase de un día cuesta $${profile.dayPassDollars}.`, "El pase se compra en la recepción con una identificación."],
    facts: [price("Pase de un día", profile.dayPassDollars)],
  },
  { title: "Estacionamiento", sentences: [profile.estacionamiento] },
  {
    title: "Cómo pagar",
    sentences: [`Puede pagar su saldo en https://${payHostOf(club.slug)}/account.`, "También puede pagar con tarjeta en la recepción."],
    facts: [{ kind: "link", label: "Pagar en línea", value: `https://${payHostOf(club.slug)}/account` }],
  },
];

const openingHours = ({ opening }: ClubProfile): SeedArticle => {
  if (opening === null) {
    return {
      title: "Opening hours",
      sentences: ["Members can get in 24 hours a day, 7 days a week with their key fob."],
      facts: [{ kind: "hours", label: "Members with a key fob", value: "24/7" }],
    };
  }
  const days = openDaysOf(opening);
  return {
    title: "Opening hours",
    sentences: days.map((text) => `We are open ${text}.`),
    facts: days.map((value) => ({ kind: "hours", label: "Open", value })),
  };
};

const deskHours = ({ staffed }: ClubProfile): SeedArticle => {
  const days = openDaysOf(staffed);
  return {
    title: "Front desk hours",
    sentences: [
      ...days.map((text) => `The front desk is staffed ${text}.`),
      ...closedDaysOf(staffed).map((text) => `The front desk is closed on ${text}.`),
    ],
    facts: days.map((value) => ({ kind: "hours", label: "Front desk", value })),
  };
};
