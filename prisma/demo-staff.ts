import { fixedId } from "./demo.ts";

/** Who works in the demo's clubs. */
export type DemoStaff = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: "owner" | "manager" | "staff";
  readonly franchiseId: string;
  /** `null` = every club of the franchise. */
  readonly clubId: string | null;
};

type StaffInput = Pick<DemoStaff, "email" | "name" | "role"> & {
  readonly serial: number;
  readonly franchise: number;
  readonly clubSerial: number | null;
};

const staff = ({ serial, franchise, clubSerial, ...person }: StaffInput): DemoStaff => ({
  id: fixedId("user", serial),
  ...person,
  franchiseId: fixedId("fr", franchise),
  clubId: clubSerial === null ? null : fixedId("club", clubSerial),
});

export const DEMO_STAFF: readonly DemoStaff[] = [
  staff({ serial: 1, email: "owner@ironwood.example", name: "Odessa Quill", role: "owner", franchise: 1, clubSerial: null }),
  staff({ serial: 2, email: "manager@ironwood.example", name: "Marlow Finch", role: "manager", franchise: 1, clubSerial: 1 }),
  staff({ serial: 3, email: "desk@ironwood.example", name: "Tansy Brook", role: "staff", franchise: 1, clubSerial: 1 }),
  staff({ serial: 4, email: "phoenix@ironwood.example", name: "Rowan Pell", role: "manager", franchise: 1, clubSerial: 2 }),
  staff({ serial: 5, email: "chicago@ironwood.example", name: "Juniper Vale", role: "manager", franchise: 1, clubSerial: 3 }),
  staff({ serial: 6, email: "owner@fairway.example", name: "Lennox Ashdown", role: "owner", franchise: 2, clubSerial: null }),
  staff({ serial: 7, email: "manager@fairway.example", name: "Sable Wren", role: "manager", franchise: 2, clubSerial: 4 }),
  staff({ serial: 8, email: "desk@fairway.example", name: "Corin Hale", role: "staff", franchise: 2, clubSerial: 5 }),
];
