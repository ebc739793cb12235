import Negotiator from 'negotiator';

/** Of the pages; the first is for everybody else. */
export const LANGUAGES = ['en', 'sv', 'da', 'fi', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the browser asks for, where no link says better. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const [wanted] = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? '*' } }).languages([...LANGUAGES]);
  return LANGUAGES.find((language) => language === wanted) ?? LANGUAGES[0];
}
