import type { Texts } from './text.ts';

export const fi: Texts = {
  askEmail: {
    title: 'Sähköpostiosoitteesi',
    happened: 'Avasit sähköpostiviestissämme olleen linkin.',
    next: 'Kerro painikkeella, että viesti tuli perille. Sen jälkeen tarkistamme, onko osoitteesi vahvistettu.',
    button: 'Jatka',
  },
  askEid: {
    title: 'Takaisin tunnistautumisesta',
    happened: 'Palasit sähköisestä tunnistautumisesta.',
    next: 'Kerro siitä meille painikkeella. Sen jälkeen kysymme tuloksen tunnistuspalvelusta.',
    button: 'Jatka',
  },
  receivedEmail: {
    title: 'Kiitos ilmoituksesta',
    happened:
      'Tiedämme nyt, että avasit sähköpostiviestissämme olleen linkin, ja tarkistamme, onko osoitteesi vahvistettu.',
    next: 'Voit sulkea tämän sivun. Jos jotain vielä puuttuu, otamme sinuun yhteyttä.',
  },
  receivedEid: {
    title: 'Kiitos ilmoituksesta',
    happened: 'Tiedämme nyt, että olet palannut, ja kysymme tuloksen tunnistuspalvelusta.',
    next: 'Voit sulkea tämän sivun. Jos tunnistautuminen ei onnistunut, voit aloittaa sen uudelleen.',
  },
  used: {
    title: 'Linkki on jo käytetty',
    happened: 'Tieto on jo tullut meille. Kukin linkki toimii vain kerran.',
    next: 'Sinun ei tarvitse tehdä mitään. Jos jotain vielä puuttuu, otamme sinuun yhteyttä.',
  },
  expired: {
    title: 'Linkki on vanhentunut',
    happened: 'Turvallisuutesi vuoksi se toimii vain rajoitetun ajan. Mitään ei ole muutettu.',
    next: 'Käytä uusinta meiltä saamaasi viestiä tai pyydä meiltä uusi linkki.',
  },
  invalid: {
    title: 'Linkki ei kelpaa',
    happened: 'Se on voinut katketa, tai siinä voi olla kirjoitusvirhe. Mitään ei ole muutettu.',
    next: 'Avaa koko linkki viestistämme uudelleen tai pyydä meiltä uusi.',
  },
  unavailable: {
    title: 'Yritä hetken kuluttua uudelleen',
    happened: 'Emme voi juuri nyt ottaa tätä vastaan. Linkkisi on edelleen voimassa.',
    next: 'Odota minuutti ja paina sitten painiketta.',
    button: 'Yritä uudelleen',
  },
};
