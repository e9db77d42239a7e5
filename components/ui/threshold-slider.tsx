"use client";

import { Slider } from "@base-ui/react/slider";

import { cn } from "#components/lib/cn.ts";

/** `openCount`: so many of them go out alone once the bound lets them. */
type Bar = { readonly percent: number; readonly count: number; readonly openCount: number };

type ThresholdSliderProps = {
  readonly label: string;
  /** 0 to 1, in hundredths. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly disabled?: boolean;
  /** How many messages had which confidence, in whole percent; those outside of the slider are left out. */
  readonly bars?: readonly Bar[];
  readonly describedBy?: string;
  /** Nothing is drawn behind it, so it needs no height. */
  readonly isFlat?: boolean;
  readonly onChange: (value: number) => void;
};

const NO_BARS: readonly Bar[] = [];

/** A bound to drag, with what it divides behind it: what goes out alone is coloured, in the bars from the bound on. */
export const ThresholdSlider = ({
  label,
  value,
  min,
  max,
  disabled = false,
  bars = NO_BARS,
  describedBy,
  isFlat = false,
  onChange,
}: ThresholdSliderProps) => {
  const [least, most] = [percentOf(min), percentOf(max)];
  const bound = percentOf(value);
  return (
    <Slider.Root
      value={bound}
      min={least}
      max={most}
      step={1}
      largeStep={5}
      disabled={disabled}
      onValueChange={(next) => onChange(next / 100)}
      className={cn("w-full", disabled && "opacity-60")}
    >
      <Slider.Control
        className={cn(
          "flex w-full touch-none px-2.5 pb-2 select-none data-disabled:cursor-not-allowed",
          isFlat ? "h-8 items-center pb-0" : "h-16 items-end",
        )}
      >
        <Slider.Track className="relative h-1.5 w-full rounded-full bg-sunken">
          <Bars bars={bars} least={least} most={most} bound={bound} />
          <Slider.Thumb
            getAriaLabel={() => label}
            getAriaValueText={(_text, percent) => (percent / 100).toFixed(2)}
            aria-describedby={describedBy}
            className="size-5 rounded-full border-2 border-ink bg-raised has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink pointer-coarse:size-7"
          />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
};

type BarsProps = { readonly bars: readonly Bar[]; readonly least: number; readonly most: number; readonly bound: number };

const Bars = ({ bars, bound, least, most }: BarsProps) => {
  const highest = Math.max(1, ...bars.map(({ count }) => count));
  const place = (percent: number): string => `${((Math.min(percent, most) - least) / (most - least)) * 100}%`;
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-x-0 bottom-2.5 h-9">
      {bars
        .filter(({ percent }) => percent >= least)
        .map(({ percent, count, openCount }) => (
          <span
            key={percent}
            data-mark
            className="absolute bottom-0 flex w-1.5 -translate-x-1/2 flex-col justify-end overflow-hidden rounded-t-xs bg-line-strong/50"
            style={{ left: place(percent), height: `${Math.max(8, (count / highest) * 100)}%` }}
          >
            <span
              className={cn("bg-spotter-solid transition-opacity", percent < bound && "opacity-0")}
              style={{ height: `${(openCount / Math.max(1, count)) * 100}%` }}
            />
          </span>
        ))}
    </span>
  );
};

const percentOf = (ratio: number): number => Math.round(ratio * 100);
