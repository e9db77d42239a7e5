import { expect, test } from "vitest";
import { splitSentences } from "#server/domain/sentences.ts";
import { asksAnything, splitQuestions } from "./sentences.ts";

test.each([
  ["We open at 5 a.m. Monday through Friday. Bring ID.", ["We open at 5 a.m. Monday through Friday.", "Bring ID."]],
  [
    "Open until 9:00 p.m. Saturday hours are 6 a.m. to 8 p.m. The doors lock.",
    ["Open until 9:00 p.m.", "Saturday hours are 6 a.m. to 8 p.m.", "The doors lock."],
  ],
  ["We are at 5 St. Marks Place.", ["We are at 5 St. Marks Place."]],
  ["- one\n- two", ["one", "two"]],
])("sentences of %j", (text, sentences) => {
  expect(splitSentences(text)).toEqual(sentences);
});

test.each([
  ["do you have towels and where do I park?", ["do you have towels", "where do I park?"]],
  ["im moving away, do i still owe the fee", ["im moving away, do i still owe the fee"]],
  ["hi! what time do you close", ["what time do you close"]],
  ["what is a shake, n does it take cash", ["what is a shake", "does it take cash"]],
  ["is it per player or is it for the bay", ["is it per player", "is it for the bay"]],
  ["how do i log on / whats the password", ["how do i log on", "whats the password"]],
  ["if i quit do i get it back, and would i pay again", ["if i quit do i get it back", "would i pay again"]],
  ["hours please", ["hours"]],
  ["hey how are you? what time do you close", ["what time do you close"]],
  ["hi there\nquick question\nis there parking?", ["is there parking?"]],
  ["can you help me? my fob is dead, what now?", ["my fob is dead, what now?"]],
  ["can you help me carry a bike?", ["can you help me carry a bike?"]],
  ["how are you?", []],
  ["I have a small question.\nMay my grandson play with me?", ["May my grandson play with me?"]],
  ["do u guys have\nsorry phone\ndo u have showers", ["sorry phone do u have showers"]],
  ["do you have\nrental clubs", ["do you have rental clubs"]],
  ["where do i find\nthe schedule\ni mean what days is pilates", ["i mean what days is pilates"]],
  ["can i bring my pets?\ni mean dogs", ["can i bring my pets? i mean dogs"]],
  [
    "how much is a day pass? do you have a pool? i mean is it heated",
    ["how much is a day pass?", "do you have a pool?", "i mean is it heated"],
  ],
  ["how much is a day pass? do you have a pool? i mean do you have a sauna", ["how much is a day pass?", "i mean do you have a sauna"]],
  ["what i mean is can i bring a dog", ["what i mean is can i bring a dog"]],
  ["whats the address\nnvm found it\nis parking free tho", ["is parking free"]],
  ["when do you open\nnvm, when do you close", ["nvm, when do you close"]],
  ["what time do you close\nnvm", []],
  ["???", []],
])("questions of %j", (text, questions) => {
  expect(splitQuestions(text)).toEqual(questions);
});

test.each([
  ["love the new bikes btw. is the kids room open sat", true],
  ["thanks! can i bring a friend", true],
  ["great class?", true],
  ["great class, thank you so much", false],
  ["thanks for how you handled that", false],
  ["hi there", false],
])("%j asks something: %s", (text, isAsking) => {
  expect(asksAnything(text)).toBe(isAsking);
});
