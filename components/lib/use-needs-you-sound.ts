"use client";

import { useEffect, useRef } from "react";

import { useSwitch } from "#components/lib/preferences.ts";
import { playNeedsYouSound } from "#components/lib/sound.ts";

/** Sounds once when more conversations need a person than before, if the user switched that on. */
export const useNeedsYouSound = (count: number | undefined): void => {
  const [isOn] = useSwitch("needsYouSound");
  const previous = useRef(count);

  // Outside system: the loudspeaker.
  useEffect(() => {
    if (isOn && count !== undefined && previous.current !== undefined && count > previous.current) {
      playNeedsYouSound();
    }
    previous.current = count;
  }, [count, isOn]);
};
