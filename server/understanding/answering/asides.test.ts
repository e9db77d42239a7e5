import { expect, test } from "vitest";

import { encode } from "../../platform/sentence-encoder.ts";
import { withoutAsides } from "./asides.ts";
import { conceptsIn } from "./read-words.ts";
import { stemsOf } from "./stems.ts";

const CLUB = [
  "Showers: There are showers in both locker rooms. Members bring their own towels.",
  "Guests: Members may bring one guest a day for $12. Children under 12 need an adult with them.",
  "Parking: Parking is free in the lot behind the building.",
];
const articles = CLUB.map((text) => ({ whole: { concepts: conceptsIn(text), stems: new Set(stemsOf(text)), vectors: [] } }));
const coreOf = async (text: string): Promise<string | null> =>
  withoutAsides(text, { articles, known: new Set(CLUB.flatMap(stemsOf)), encode });

test.each([
  ["do you have showers, asking because the wife asks lol", "do you have showers"],
  ["do you have showers sorry fat thumbs", "do you have showers"],
  ["is parking free\nlong day lol", "is parking free"],
  ["Just moved here from Ohio. Do you have showers?", "Do you have showers?"],
  ["love what you did with the windows btw. can i bring a guest", "can i bring a guest"],
  ["i keep putting this off can i bring a guest", "can i bring a guest"],
  // Of two things that are told the one may matter.
  ["Greetings from across the street. I have a pacemaker. Can I use the showers?", "I have a pacemaker. Can I use the showers?"],
  // What comes after it is told by itself.
  ["can i bring a guest, sorry fat thumbs, after hours", "can i bring a guest after hours"],
])("of %j the question is %j", async (text, core) => {
  expect(await coreOf(text)).toBe(core.replaceAll(/[.?]/gu, ""));
});

test.each([
  ["do you have showers"],
  // What the club speaks of may be a condition.
  ["i'm a guest, do you have showers"],
  ["do you have showers, forgot my towel"],
  // So may a day, an age and a figure, and what parts one thing from another.
  ["is parking free, i'd be coming friday"],
  ["is parking free, i'd be coming in december"],
  ["is parking free, i'm there right now"],
  ["is parking free, i'm asking for summer"],
  ["do you have showers, i'm with a newborn baby"],
  ["is parking free, we'd be four cars"],
  // Health and what is broken, too.
  ["do you have showers, i have a pacemaker"],
  ["do you have showers, i slipped"],
  ["is parking free? just got towed"],
  ["can he use the showers, i'm coming from the office"],
  ["i'm expecting, can i bring a guest"],
  ["do you have showers? i feel awful today"],
  ["nuts make me swell up, can i bring a guest"],
  ["i'm just visiting, do you have showers"],
  ["is parking free? i'm tagging along with a friend"],
  ["it's flooded in here, do you have showers"],
  ["some creep keeps filming me, do you have showers"],
  ["is parking free? the machine ate my money"],
  ["is parking free? your manager promised me something"],
  ["is parking free, somebody told me the opposite"],
  ["can i bring a guest? i changed my mind"],
  ["just bought new crocs lol. can i wear those in the showers"],
  ["love my mom. can she use the showers"],
  ["long day lol. i have a pacemaker. how are you"],
  // Nobody tells anything: it is one more thing that is asked for.
  ["do you have showers, a sauna"],
  ["can i bring a guest, my dog"],
  ["is parking free, for trucks"],
  ["is parking free, we're coming with 4 cars"],
  // Nothing that asks for something would be left.
  ["forgot my bottle in the changing area, do you keep it"],
  ["is it just for members"],
  ["can my wife use the showers"],
  ["do i pay if i'm late"],
  ["i was in on a rainy evening"],
  [`is parking free, ${"my commute is awful, ".repeat(200)}`],
])("%j stays whole", async (text) => {
  expect(await coreOf(text)).toBeNull();
});
