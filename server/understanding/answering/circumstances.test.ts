import { expect, test } from "vitest";

import { withoutCircumstances } from "./circumstances.ts";
import { conceptsIn } from "./read-words.ts";
import { stemsOf } from "./stems.ts";

const CLUB = [
  "Showers: There are showers in both locker rooms. Members bring their own towels.",
  "Guests: Members may bring one guest a day for $12. Children under 12 need an adult with them.",
  "Parking: Parking is free in the lot behind the building.",
];
const articles = CLUB.map((text) => ({ whole: { concepts: conceptsIn(text), stems: new Set(stemsOf(text)), vectors: [] } }));
const coreOf = (text: string): string | null => withoutCircumstances(text, { articles, known: new Set(CLUB.flatMap(stemsOf)) });

test.each([
  ["do you have showers, i'd be coming straight from the office", "do you have showers"],
  ["do you have showers i'd be coming straight from the office", "do you have showers"],
  ["is parking free, my commute is awful", "is parking free"],
  ["Just moved here from Ohio. Do you have showers?", "Do you have showers"],
])("of %j the question is %j", (text, core) => {
  expect(coreOf(text)).toBe(core);
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
])("%j stays whole", (text) => {
  expect(coreOf(text)).toBeNull();
});
