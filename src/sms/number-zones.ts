/*
 * Time zones in which a number of the United States may be at home, by its area code. People take their
 * numbers along, so this is a bound and no knowledge. A code that is not listed may be anywhere from the
 * East to the West coast; a number of another country says nothing here.
 */
const AREAS: Readonly<Record<string, string>> = {
  'America/New_York':
    '201 202 203 207 212 215 216 220 223 229 234 239 240 248 252 267 272 276 283 301 302 304 305 313 ' +
    '315 321 326 330 332 336 339 347 351 352 380 386 401 404 407 410 412 413 419 434 440 443 470 ' +
    '475 478 484 508 513 516 517 518 540 551 561 567 570 571 585 586 603 607 609 610 614 617 631 646 ' +
    '667 678 681 689 703 704 706 716 717 718 724 727 732 734 740 743 754 757 762 770 772 774 781 786 ' +
    '802 803 804 810 813 814 828 838 839 843 845 848 854 856 857 860 862 863 864 878 904 908 910 912 ' +
    '914 917 919 929 934 937 941 947 948 954 959 973 978 980 984 989',
  'America/Chicago':
    '205 210 214 217 218 224 225 228 251 254 256 262 274 281 309 312 314 318 319 320 325 331 334 337 ' +
    '346 361 402 405 409 414 417 430 432 447 464 469 479 501 504 507 512 515 531 534 539 563 573 580 ' +
    '601 608 612 615 618 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 ' +
    '773 779 806 815 816 817 830 832 847 870 872 901 903 913 918 920 936 938 940 945 952 956 972 979 985',
  'America/Denver': '303 307 385 406 435 505 575 719 720 801 970 983',
  'America/Phoenix': '480 520 602 623 928',
  'America/Los_Angeles':
    '206 209 213 253 279 310 323 341 360 408 415 424 425 442 503 509 510 530 559 562 564 619 626 628 ' +
    '650 657 661 669 702 707 714 725 747 760 775 805 818 820 831 840 858 909 916 925 949 951 971',
  'America/Anchorage': '907',
  'Pacific/Honolulu': '808',
};

const ZONE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(AREAS).flatMap(([zone, codes]) =>
    codes
      .split(' ')
      .filter((code) => /^\d{3}$/.test(code))
      .map((code): [string, string] => [code, zone]),
  ),
);
const COASTS = ['America/New_York', 'America/Los_Angeles'] as const;

/** Zones that bound where this number (E.164) is; none for another country's. */
export function zonesOfNumber(phone: string): readonly string[] {
  const area = /^\+1(\d{3})\d{7}$/.exec(phone)?.[1];
  if (area === undefined) return [];
  const zone = ZONE_OF.get(area);
  return zone === undefined ? COASTS : [zone];
}
