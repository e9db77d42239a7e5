import type { DemoClub } from "../../demo.ts";
import type { GymProfile } from "../profiles.ts";
import { price, type SeedArticle } from "./article.ts";
import { phoneText } from "./phone-text.ts";

/** What a gym is asked besides. Amenities a club has not got, or says nothing about, are left out on purpose. */
export const gymArticles = (club: DemoClub, profile: GymProfile): readonly SeedArticle[] => [
  {
    title: "Membership prices",
    sentences: [
      "The Monthly 12 membership is $39.99 a month for 12 months.",
      "The Open Ended membership is $45.99 a month without a contract.",
      "The one-time enrollment fee is $49.",
    ],
    facts: [
      { kind: "price", label: "Monthly 12", value: "$39.99" },
      { kind: "price", label: "Open Ended", value: "$45.99" },
      price("Enrollment fee", 49),
    ],
  },
  {
    title: "Guests",
    sentences: [
      `Members may bring one guest a day for $${profile.guestDollars}.`,
      "Guests sign a waiver at the front desk.",
      "Guests can come during front desk hours only.",
      "Guests must be 18 or older.",
    ],
    facts: [price("Guest visit", profile.guestDollars)],
  },
  {
    title: "Day pass price",
    sentences: [`A day pass costs $${profile.dayPassDollars}.`, "Day passes are sold at the front desk with a photo ID."],
    facts: [price("Day pass", profile.dayPassDollars)],
  },
  {
    title: "Freeze policy",
    sentences: [
      "You can freeze your membership for 1 to 3 months.",
      "A freeze costs $10 a month.",
      "Ask for a freeze at least 7 days before your next billing date.",
      "One freeze a year is possible.",
    ],
    facts: [price("Freeze, a month", 10), { kind: "policy", label: "Notice for a freeze", value: "7 days" }],
  },
  {
    title: "Showers and towels",
    sentences: ["We have showers in both locker rooms.", "Towels are $2 at the front desk.", "Soap and shampoo are in the showers."],
    facts: [price("Towel", 2)],
  },
  { title: "Lockers", sentences: ["Lockers are free during your visit.", "Bring your own padlock.", "Lockers are emptied every night."] },
  { title: "Childcare", sentences: profile.childcare },
  {
    title: "Personal training",
    sentences: [
      `A personal training session costs $${profile.trainingDollars}.`,
      "A personal training session takes 45 minutes.",
      "The first meeting with a trainer is free for new members.",
      "The front desk books trainers for you.",
    ],
    facts: [price("Personal training session", profile.trainingDollars)],
  },
  {
    title: "App and key fob help",
    sentences: [
      "If the app does not open the door, sign out of the app and sign in again.",
      "If your key fob does not work, hold it flat against the reader for two seconds.",
      "The front desk can test and replace your key fob.",
      `A new key fob costs $${profile.fobDollars}.`,
      `For help at the door call ${phoneText(club.phone)}.`,
    ],
    facts: [price("New key fob", profile.fobDollars), { kind: "phone", label: "Help at the door", value: club.phone }],
  },
  {
    title: "Tours and trials",
    sentences: [
      "Tours are free during front desk hours.",
      "A tour takes about 20 minutes.",
      "A 3 day trial is free for people who live nearby.",
      "Bring a photo ID to your trial.",
    ],
    facts: [{ kind: "policy", label: "Trial", value: "3 days" }],
  },
  {
    title: "Food and drinks",
    sentences: [
      "We sell water, protein shakes and snack bars at the front desk.",
      "Drinks in closed bottles are fine on the gym floor.",
      "Please eat in the lobby only.",
    ],
  },
  {
    title: "Age limits",
    sentences: ["Members must be at least 16 years old.", "Teens of 16 and 17 need a parent's signature."],
    facts: [{ kind: "policy", label: "Least age", value: "16" }],
  },
  {
    title: "Cancelling a membership",
    sentences: [
      "To cancel a membership we need a written notice.",
      "The notice period is 30 days.",
      "A person of our team confirms every cancellation.",
    ],
  },
  {
    title: "Equipment",
    sentences: ["We have treadmills, rowers, dumbbells up to 100 pounds and three squat racks.", "Please wipe down equipment after use."],
  },
];
