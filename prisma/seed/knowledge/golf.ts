import type { DemoClub } from "../../demo.ts";
import type { GolfProfile } from "../profiles.ts";
import { price, type SeedArticle } from "./article.ts";
import { phoneText } from "./phone-text.ts";

/** What a golf club with simulator bays is asked besides. */
export const golfArticles = (club: DemoClub, profile: GolfProfile): readonly SeedArticle[] => [
  {
    title: "Bay booking",
    sentences: [
      `We have ${profile.bayCount} bays, and each bay fits up to six players.`,
      "Bays are booked by the hour in the app or by text.",
      "You can book a bay up to 14 days ahead.",
      "You can move or cancel a bay booking until 24 hours before it starts.",
      "We hold a bay for 15 minutes if you are late.",
    ],
    facts: [
      { kind: "policy", label: "Players in a bay", value: "6" },
      { kind: "policy", label: "Free cancellation of a booking", value: "24 hours" },
    ],
  },
  {
    title: "Bay rates",
    sentences: [
      `A bay costs $${profile.weekdayRateDollars} an hour Monday to Thursday.`,
      `A bay costs $${profile.weekendRateDollars} an hour Friday to Sunday.`,
      "The rate is for the bay and not for each player.",
    ],
    facts: [
      price("Bay, an hour, Monday to Thursday", profile.weekdayRateDollars),
      price("Bay, an hour, Friday to Sunday", profile.weekendRateDollars),
    ],
  },
  {
    title: "Equipment help",
    sentences: [
      "If a simulator freezes, touch the screen and choose Restart round.",
      "If the ball is not seen, place it on the white dot.",
      `If a simulator still does not work, call ${phoneText(club.phone)}.`,
    ],
  },
  {
    title: "Membership prices",
    sentences: [
      "The Social Pass is $29 a month.",
      "The Bay Pass Unlimited membership is $149 a month.",
      "The League Member membership is $89 a month.",
      "There is no enrollment fee.",
    ],
    facts: [price("Social Pass", 29), price("Bay Pass Unlimited", 149), price("League Member", 89)],
  },
  {
    title: "Leagues",
    sentences: [
      `The league plays every ${profile.leagueDay} at 7 pm.`,
      "A league season lasts eight weeks.",
      "Teams of two sign up at the front desk.",
      "League Members pay no extra league fee.",
    ],
    facts: [{ kind: "hours", label: "League night", value: `${profile.leagueDay} 19:00` }],
  },
  {
    title: "Club rental",
    sentences: [
      `A set of rental clubs costs $${profile.rentalDollars} a visit.`,
      "We rent clubs for right and left handed players.",
      "Golf balls are included with every bay.",
    ],
    facts: [price("Set of rental clubs", profile.rentalDollars)],
  },
  {
    title: "Lessons",
    sentences: [`A golf lesson costs $${profile.lessonDollars}.`, "A golf lesson takes one hour.", "The front desk books lessons for you."],
    facts: [price("Golf lesson", profile.lessonDollars)],
  },
  {
    title: "Guests",
    sentences: [
      "You can bring guests to your bay without a fee.",
      "Guests sign a waiver at the front desk.",
      "Guests under 16 come with an adult.",
    ],
  },
  {
    title: "Day pass price",
    sentences: [`A day pass for the putting green costs $${profile.dayPassDollars}.`, "Day passes are sold at the front desk."],
    facts: [price("Day pass", profile.dayPassDollars)],
  },
  {
    title: "Freeze policy",
    sentences: [
      "You can freeze your membership for 1 to 2 months.",
      "A freeze is free.",
      "Ask for a freeze at least 5 days before your next billing date.",
    ],
    facts: [{ kind: "policy", label: "Notice for a freeze", value: "5 days" }],
  },
  { title: "Showers and towels", sentences: ["This location has no showers.", "Hand towels are free at every bay."] },
  { title: "Childcare", sentences: ["This location has no childcare.", "Children are welcome in the bays with an adult."] },
  {
    title: "App and door code help",
    sentences: [
      "If the app does not show your booking, sign out of the app and sign in again.",
      "Your door code comes by text one hour before your booking.",
      `For help at the door call ${phoneText(club.phone)}.`,
    ],
    facts: [{ kind: "phone", label: "Help at the door", value: club.phone }],
  },
  {
    title: "Tours and trials",
    sentences: ["Tours are free during opening hours.", "The first half hour in a bay is free for people who think about joining."],
  },
  {
    title: "Food and drinks",
    sentences: [
      "Our bar serves beer, wine and soft drinks.",
      "The kitchen serves food until one hour before closing.",
      "You can order food and drinks to your bay.",
    ],
  },
  { title: "What to wear", sentences: ["There is no dress code.", "Sneakers and golf shoes without metal spikes are fine."] },
  {
    title: "Parties and events",
    sentences: [
      "A party can rent three or more bays together.",
      "Please ask for a party at least 10 days ahead.",
      "Our team writes an offer for every event.",
    ],
  },
];
