"use client";

import { Suspense, useRef, useState } from "react";
import type { ComponentProps, ComponentType, RefObject } from "react";

import { useHotkeys } from "#components/lib/use-hotkeys.ts";

export type PopupProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  /** The part of the page the popup belongs to, so that it stays inside a landmark. */
  readonly container: HTMLElement | null;
};

type PopupButtonProps = Omit<ComponentProps<"button">, "popover"> & {
  /** What opens: a `React.lazy` component, so that its code is fetched with the first press, not with the page. */
  readonly popup: ComponentType<PopupProps>;
  readonly opens: "menu" | "dialog";
  /** A single key that does the same as a press, and the words it has in the palette. */
  readonly hotkey?: { readonly key: string; readonly label: string };
};

const NO_KEYS = {};

/** A button that opens a menu or popover beside itself. */
export const PopupButton = ({ popup: Popup, opens, hotkey, ...props }: PopupButtonProps) => {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const [hasOpened, setHasOpened] = useState(false);
  const toggle = () => {
    setHasOpened(true);
    setContainer(anchor.current?.closest<HTMLElement>("header, main") ?? null);
    setIsOpen((wasOpen) => !wasOpen);
  };
  useHotkeys(hotkey === undefined ? NO_KEYS : { [hotkey.key]: { label: hotkey.label, run: toggle } });
  return (
    <>
      <button ref={anchor} type="button" aria-haspopup={opens} aria-expanded={isOpen} onClick={toggle} {...props} />
      {hasOpened ? (
        <Suspense fallback={null}>
          <Popup isOpen={isOpen} onOpenChange={setIsOpen} anchor={anchor} container={container} />
        </Suspense>
      ) : null}
    </>
  );
};
