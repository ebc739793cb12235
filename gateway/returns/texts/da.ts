import type { Texts } from './text.ts';

export const da: Texts = {
  askEmail: {
    title: 'Din e-mailadresse',
    happened: 'Du har åbnet linket i vores e-mail.',
    next: 'Tryk på knappen for at fortælle os, at den er nået frem. Derefter kontrollerer vi, om din adresse er bekræftet.',
    button: 'Fortsæt',
  },
  askEid: {
    title: 'Tilbage fra din identifikation',
    happened: 'Du er kommet tilbage fra identifikationen med dit eID.',
    next: 'Tryk på knappen for at fortælle os det. Derefter spørger vi identifikationstjenesten om resultatet.',
    button: 'Fortsæt',
  },
  receivedEmail: {
    title: 'Tak for beskeden',
    happened: 'Vi ved nu, at du har åbnet linket i vores e-mail, og kontrollerer, om din adresse er bekræftet.',
    next: 'Du kan lukke denne side. Hvis der stadig mangler noget, hører du fra os.',
  },
  receivedEid: {
    title: 'Tak for beskeden',
    happened: 'Vi ved nu, at du er tilbage, og spørger identifikationstjenesten om resultatet.',
    next: 'Du kan lukke denne side. Hvis identifikationen ikke lykkedes, kan du begynde forfra.',
  },
  used: {
    title: 'Linket er allerede brugt',
    happened: 'Vi har allerede modtaget det, som linket var til. Hvert link gælder én gang.',
    next: 'Du behøver ikke gøre noget. Hvis der stadig mangler noget, hører du fra os.',
  },
  expired: {
    title: 'Linket er udløbet',
    happened: 'Af hensyn til din sikkerhed gælder det kun i begrænset tid. Intet er blevet ændret.',
    next: 'Brug den nyeste besked, du har fra os, eller bed os om et nyt link.',
  },
  invalid: {
    title: 'Linket er ikke gyldigt',
    happened: 'Det kan være blevet afkortet eller skrevet forkert. Intet er blevet ændret.',
    next: 'Åbn hele linket fra vores besked igen, eller bed os om et nyt.',
  },
  unavailable: {
    title: 'Prøv igen om lidt',
    happened: 'Vi kan ikke modtage dette lige nu. Dit link gælder stadig.',
    next: 'Vent et minut, og tryk derefter på knappen.',
    button: 'Prøv igen',
  },
};
