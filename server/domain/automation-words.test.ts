import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { soundsAngry } from "./anger.ts";
import { actionRoad, AUTOMATION_DEFAULTS, automationFor, AUTOMATIONS, hasValidAccess } from "./automations.ts";
import { readBay } from "./bay-words.ts";
import { isAtTheDoor, meantDoor } from "./door-words.ts";
import { visible } from "./visible.ts";
import { readAnswer } from "./yes-no.ts";

describe("yes and no", () => {
  test.each([
    "YES",
    "yes",
    "Yes please!",
    "yes yes",
    "y",
    "Yeah go ahead",
    "sure thanks",
    "ok",
    "Sí",
    "si por favor",
    "claro",
    "dale",
    "yes bay 3",
    "reset bay 3",
    "hazlo",
  ])("%j is a yes to bay 3", (text) => expect(readAnswer(text, { target: "3" })).toBe("yes"));

  test.each(["NO", "nope", "no thanks", "never mind", "it works now", "no gracias", "ya funciona", "Nah thanks"])("%j is a no", (text) =>
    expect(readAnswer(text, { target: "3" })).toBe("no"),
  );

  test.each([
    "yes reset bay 4",
    "yes?",
    "yes but first tell me how long it takes",
    "no wait yes",
    "is it safe",
    "what",
    "yesterday",
    "3pm yes",
    "yes and also the door",
    "ok but not now",
  ])("%j leaves doubt", (text) => expect(readAnswer(text, { target: "3" })).toBe("unclear"));

  test.each(["👍", "🙏🙏", "thanks", "..."])("%j says nothing either way", (text) =>
    expect(readAnswer(text, { target: null })).toBe("aside"),
  );

  test("a text that contains a yes among other words is never one", () => {
    fc.assert(
      fc.property(fc.constantFrom("yes", "ok", "si"), fc.stringMatching(/^[b-eg-hj-z]{6,12}$/), (word, other) => {
        expect(readAnswer(`${word} ${other}`, { target: null })).not.toBe("yes");
      }),
    );
  });
});

describe("which bay", () => {
  test.each([
    ["bay 3 is frozen", "3"],
    ["Bay #03 froze", "3"],
    ["the simulator in bay three is stuck", "3"],
    ["bahía 2 está congelada", "2"],
    ["sim 12 is down", "12"],
  ])("%j names bay %s", (text, bay) => expect(readBay(text, { isAnswer: false })).toBe(bay));

  test.each(["the screen is frozen", "I booked for 3", "bay 3 and bay 4 are down", "frozen since 5pm"])("%j names none", (text) =>
    expect(readBay(text, { isAnswer: false })).toBeNull(),
  );

  test.each([
    ["3", "3"],
    ["it's 4", "4"],
    ["number two please", "2"],
    ["#5", "5"],
  ])("asked for it, %j is bay %s", (text, bay) => expect(readBay(text, { isAnswer: true })).toBe(bay));

  test("asked for it, a time is none", () => expect(readBay("until 5 pm", { isAnswer: true })).toBeNull());
});

describe("at the door", () => {
  test.each([
    "I'm locked out, the door won't open",
    "I can't get in, my fob isn't working",
    "standing outside, door is locked",
    "can someone let me in please",
    "I'm at the front door and it won't open",
    "no puedo entrar, la puerta no abre",
    "estoy en la puerta",
  ])("%j is somebody who stands there now", (text) => expect(isAtTheDoor(text)).toBe(true));

  test.each([
    "the back door is broken",
    "I was locked out yesterday",
    "my fob stopped working, can I get a new one",
    "what if I am locked out at night",
    "can you let my friend in, I'm locked out of my account",
    "the door squeaks",
  ])("%j is not", (text) => expect(isAtTheDoor(text)).toBe(false));

  const doors = [{ name: "Front door" }, { name: "Back door" }, { name: "Studio" }];
  test("the named door is meant, else the only one, else the entrance", () => {
    expect(meantDoor("the back door is locked", doors)?.name).toBe("Back door");
    expect(meantDoor("I can't get in", doors)?.name).toBe("Front door");
    expect(meantDoor("I can't get in", [{ name: "Gate" }])?.name).toBe("Gate");
    expect(meantDoor("I can't get in", [{ name: "East" }, { name: "West" }])).toBeNull();
  });
});

test.each([
  "this is ridiculous, bay 3 is frozen",
  "BAY THREE IS FROZEN FIX IT NOW",
  "bay 3 froze again",
  "wtf!!!!",
  "otra vez la puerta está rota",
])("%j is for a person", (text) => expect(soundsAngry(text)).toBe(true));

test.each(["bay 3 is frozen", "Hi! the simulator froze, can you help?", "I can't get in", "la bahía 3 está congelada"])(
  "%j is calm",
  (text) => expect(soundsAngry(text)).toBe(false),
);

describe("which automation, and on which road", () => {
  const on = { ...AUTOMATION_DEFAULTS, bay_reset: { ...AUTOMATION_DEFAULTS.bay_reset, stage: "auto" as const, executesAlone: true } };
  const fault = { subIntent: "bay_fault", confidence: 0.9, riskFlags: [] };

  test("one that is off, unsure or touches a risk is none", () => {
    expect(automationFor(fault, on)).toBe("bay_reset");
    expect(automationFor(fault, AUTOMATION_DEFAULTS)).toBeNull();
    expect(automationFor({ ...fault, confidence: 0.84 }, on)).toBeNull();
    expect(automationFor({ ...fault, riskFlags: ["injury"] }, on)).toBeNull();
  });

  test("a door never opens without a person, whatever its switches say", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("off", "shadow", "suggest", "auto" as const),
        fc.boolean(),
        fc.constantFrom("none", "contact", "staff" as const),
        (stage, executesAlone, confirmation) => {
          const setting = { ...AUTOMATION_DEFAULTS.door_unlock, stage, executesAlone, confirmation };
          expect(actionRoad("door_unlock", setting)).toBe("approval");
        },
      ),
    );
  });

  test("nothing acts alone below auto or without its switch", () => {
    for (const name of AUTOMATIONS) {
      const setting = { ...AUTOMATION_DEFAULTS[name], confirmation: "none" as const };
      expect(actionRoad(name, { ...setting, stage: "suggest", executesAlone: true })).toBe("approval");
      expect(actionRoad(name, { ...setting, stage: "auto", executesAlone: false })).toBe("approval");
    }
    expect(actionRoad("bay_reset", { ...on.bay_reset, confirmation: "contact" })).toBe("confirm");
    expect(actionRoad("bay_reset", { ...on.bay_reset, confirmation: "none" })).toBe("run");
  });

  test("a lock, a freeze and an end are no valid access", () => {
    expect(hasValidAccess({ status: "active", accessState: null })).toBe(true);
    expect(hasValidAccess({ status: "active", accessState: "locked" })).toBe(false);
    expect(hasValidAccess({ status: "frozen", accessState: "open" })).toBe(false);
    expect(hasValidAccess({ status: "cancelled", accessState: null })).toBe(false);
  });
});

describe("what a person approves", () => {
  test("hidden characters are shown, plain text is left alone", () => {
    expect(visible("Open the door\u200B for\u202E Ana\u00A0R")).toBe("Open the door⟨U+200B⟩ for⟨U+202E⟩ Ana⟨U+00A0⟩R");
    expect(visible("Hola, ¿qué tal? 👍\nbien")).toBe("Hola, ¿qué tal? 👍\nbien");
  });

  test("nothing invisible is left, and doing it twice changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});
