/** What a page says. A return is a hint and no proof, so none of them claims that anything is confirmed. */
export interface Text {
  title: string;
  /** What happened. */
  happened: string;
  /** What comes next, or what to do. */
  next: string;
  button?: string;
}

export const PAGES = [
  'askEmail',
  'askEid',
  'receivedEmail',
  'receivedEid',
  'used',
  'expired',
  'invalid',
  'unavailable',
] as const;
export type PageName = (typeof PAGES)[number];

export type Texts = Record<PageName, Text>;
