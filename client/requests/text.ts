/** What people type, in the one form in which it is stored, compared and sent. */

const BLANK = /[\s\u200b\u200e\u200f\u2060\ufeff]/;

/** NFC, so that one name is one text, and without the blanks around it, invisible ones too. */
export function normalised(text: string): string {
  const composed = text.normalize('NFC');
  let [start, end] = [0, composed.length];
  while (start < end && BLANK.test(composed[start]!)) start += 1;
  while (end > start && BLANK.test(composed[end - 1]!)) end -= 1;
  return composed.slice(start, end);
}

/** What no text of a person holds, and what it would do. */
const UNFIT: [holds: (text: string) => boolean, what: string][] = [
  [(text) => /\p{Cs}/u.test(text), 'half of a character (a lone surrogate)'],
  [(text) => text.includes('\ufffd'), 'the sign for a character that a wrong encoding has lost'],
  [(text) => /[\u2028\u2029]/.test(text), 'a line or paragraph separator'],
  [(text) => /[\u202a-\u202e\u2066-\u2069]/.test(text), 'a character that turns the direction of writing'],
];

/** Of a text that must not be stored or shown: the sentence with rule and remedy. */
export function unfitness(text: string): string | undefined {
  const found = UNFIT.find(([holds]) => holds(text));
  return found && `must not hold ${found[1]}; type it anew.`;
}

/** Of nothing but blanks and characters without width, a name would look empty. The last one is a blank of Braille. */
export function isVisible(text: string): boolean {
  return /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\u2800]/u.test(text);
}
