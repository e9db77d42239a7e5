"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactNode } from "react";

import { cn } from "#components/lib/cn.ts";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { isPressOnAnchor, popupStyles } from "#components/ui/popup-surface.ts";

type MenuProps = PopupProps & { readonly label: string; readonly align?: "start" | "end"; readonly children: ReactNode };

export const Menu = ({ isOpen, onOpenChange, anchor, container, label, align = "start", children }: MenuProps) => (
  <BaseMenu.Root
    open={isOpen}
    modal={false}
    onOpenChange={(next, details) => (isPressOnAnchor(details, anchor) ? details.cancel() : onOpenChange(next))}
  >
    <BaseMenu.Portal container={container} className="absolute">
      <BaseMenu.Positioner anchor={anchor} align={align} sideOffset={6} collisionPadding={8} className="z-40">
        <BaseMenu.Popup
          aria-label={label}
          finalFocus={anchor}
          className={cn(popupStyles, "max-h-(--available-height) min-w-56 overflow-y-auto p-1")}
        >
          {children}
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  </BaseMenu.Root>
);

const menuItemStyles =
  "flex min-h-8 w-full cursor-default items-center gap-2 rounded-control px-2 py-1 text-left text-sm outline-none select-none data-highlighted:bg-sunken pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-2";

export const MenuItem = ({
  icon,
  onClick,
  children,
}: {
  readonly icon?: ReactNode;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) => (
  <BaseMenu.Item onClick={onClick} className={menuItemStyles}>
    {icon}
    {children}
  </BaseMenu.Item>
);

/** Says what a menu lacks: it is still on its way, it could not be read, there is nothing. A menu may hold entries only. */
export const MenuNote = ({ isBad = false, children }: { readonly isBad?: boolean; readonly children: ReactNode }) => (
  <BaseMenu.Item disabled className={cn("max-w-64 px-2 py-1.5 text-sm", isBad ? "text-bad-ink" : "text-ink-3")}>
    {children}
  </BaseMenu.Item>
);

/** An entry that leads to another page. */
export const MenuLink = ({
  href,
  isCurrent,
  children,
}: {
  readonly href: string;
  readonly isCurrent: boolean;
  readonly children: ReactNode;
}) => (
  <BaseMenu.Item render={<a href={href} aria-current={isCurrent ? "page" : undefined} />} className={menuItemStyles}>
    {children}
  </BaseMenu.Item>
);

export const MenuGroup = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <BaseMenu.Group>
    <BaseMenu.GroupLabel className="px-2 pt-2 pb-1 text-xs text-ink-3">{label}</BaseMenu.GroupLabel>
    {children}
  </BaseMenu.Group>
);

export const MenuSeparator = () => <BaseMenu.Separator className="mx-2 my-1 h-px bg-line" />;
