type Words = {
  readonly firstName: string;
  readonly amount: string;
  /** What it is for, such as `your membership`. */
  readonly what: string;
  readonly clubName: string;
  /** Null where nobody makes links for the club. */
  readonly url: string | null;
};

/** The text of one invoice: amount, what it is for, how to pay, an offer of help and thanks. */
export const invoiceText = ({ amount, clubName, firstName, url, what }: Words): string => {
  const name = firstName.trim() === "" ? "there" : firstName.trim();
  const pay = url === null ? "You can pay it at the front desk. " : `You can pay it here: ${url}\n`;
  return `Hi ${name}, here is this month's invoice from ${clubName}: ${amount} for ${what}. ${pay}If anything is not right, just reply and we will help. Thank you!`;
};
