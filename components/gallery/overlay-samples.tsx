"use client";

import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";

import { Sample } from "#components/gallery/sample.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { PopupButton, type PopupProps } from "#components/ui/popup-button.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { notify } from "#components/ui/toast.tsx";

const nothing = () => {};

const SampleMenu = (popup: PopupProps) => (
  <Menu {...popup} label="Reply">
    <MenuGroup label="This reply">
      <MenuItem icon={<Copy aria-hidden="true" />} onClick={nothing}>
        Copy the words
      </MenuItem>
      <MenuItem icon={<Trash2 aria-hidden="true" />} onClick={nothing}>
        Take it back
      </MenuItem>
    </MenuGroup>
    <MenuSeparator />
    <MenuLink href="#top" isCurrent>
      Where you are
    </MenuLink>
  </Menu>
);

const SamplePopover = (popup: PopupProps) => (
  <Popover {...popup} title="Alerts">
    <p className="px-4 py-3 text-sm text-ink-2">A late vendor would show up here.</p>
  </Popover>
);

const buttonLike = "h-8 rounded-control border border-line-strong/60 bg-raised px-3 text-sm font-semibold hover:bg-sunken";

/** What opens takes the theme of the document, not of its half of the page. */
export const OverlaySamples = () => {
  const [open, setOpen] = useState<"dialog" | "wide" | "sheet" | null>(null);
  const onOpenChange = (isOpen: boolean) => (isOpen ? undefined : setOpen(null));
  return (
    <>
      <Sample name="Dialog, Sheet">
        <Button onClick={() => setOpen("dialog")}>Dialog</Button>
        <Button onClick={() => setOpen("wide")}>Wide dialog</Button>
        <Button onClick={() => setOpen("sheet")}>Sheet</Button>
      </Sample>
      <Sample name="Menu, Popover">
        <PopupButton popup={SampleMenu} opens="menu" className={buttonLike}>
          Menu
        </PopupButton>
        <PopupButton popup={SamplePopover} opens="dialog" className={buttonLike}>
          Popover
        </PopupButton>
      </Sample>
      <Sample name="Toast, tooltip">
        <Button onClick={() => notify({ tone: "good", title: "Sent", detail: "It is on its way." })}>It worked</Button>
        <Button onClick={() => notify({ tone: "bad", title: "Not sent", detail: "Nothing went out. Try again." })}>It did not</Button>
        <Button data-tip="Says more about the button">Point at me</Button>
      </Sample>
      <Dialog
        isOpen={open === "dialog" || open === "wide"}
        isWide={open === "wide"}
        onOpenChange={onOpenChange}
        title="Stop Spotter"
        description="Nothing automatic goes out until somebody resumes it."
      >
        <div className="flex justify-end gap-2">
          <Button size="lg" onClick={() => setOpen(null)}>
            Cancel
          </Button>
          <Button size="lg" kind="danger" onClick={() => setOpen(null)}>
            Stop Spotter
          </Button>
        </div>
      </Dialog>
      <Sheet isOpen={open === "sheet"} onOpenChange={onOpenChange} title="Keyboard shortcuts">
        <p className="text-sm text-ink-2">Something to look up.</p>
      </Sheet>
    </>
  );
};
