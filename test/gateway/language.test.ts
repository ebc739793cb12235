import { LANGUAGES, languageOf } from '../../gateway/returns/language.ts';
import { page } from '../../gateway/returns/page.ts';
import { TEXTS } from '../../gateway/returns/texts/index.ts';
import { PAGES } from '../../gateway/returns/texts/text.ts';

test.each([
  ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
  ['fr,de;q=0.5,en;q=0.2', 'de'],
  ['en;q=0.2,da;q=0.7', 'da'],
  ['fi', 'fi'],
  ['fr', 'en'],
  ['*', 'en'],
  ['', 'en'],
  [undefined, 'en'],
  [';;;,q=,sv;q=x'.repeat(50), 'en'],
])('a browser that asks for %j reads %s', (header, language) => expect(languageOf(header)).toBe(language));

describe.each(LANGUAGES)('the pages in %s', (language) => {
  const texts = Object.values(TEXTS[language]).flatMap((text) => Object.values(text));

  test('say all of it, in words of their own, with nothing that HTML would read', () => {
    expect(texts.join('')).not.toMatch(/[<>&]/);
    for (const text of texts) expect(text.trim()).toBe(text);
    const others = LANGUAGES.filter((other) => other !== language).map((other) => TEXTS[other]);
    for (const name of PAGES) {
      for (const other of others) expect(TEXTS[language][name].happened).not.toBe(other[name].happened);
    }
  });

  test('have a button exactly where there is something to press', () => {
    const withButton = PAGES.filter((name) => page(language, name).includes('<button'));
    expect(withButton).toEqual(['askEmail', 'askEid', 'unavailable']);
  });
});
