import type { Texts } from './text.ts';

export const sv: Texts = {
  askEmail: {
    title: 'Din e-postadress',
    happened: 'Du har öppnat länken i vårt e-postmeddelande.',
    next: 'Tryck på knappen för att tala om att det har kommit fram. Sedan kontrollerar vi om din adress är bekräftad.',
    button: 'Fortsätt',
  },
  askEid: {
    title: 'Tillbaka från din legitimering',
    happened: 'Du har kommit tillbaka från legitimeringen med din e-legitimation.',
    next: 'Tryck på knappen för att tala om det för oss. Sedan frågar vi legitimeringstjänsten efter resultatet.',
    button: 'Fortsätt',
  },
  receivedEmail: {
    title: 'Tack för att du hörde av dig',
    happened:
      'Nu vet vi att du har öppnat länken i vårt e-postmeddelande, och vi kontrollerar om din adress är bekräftad.',
    next: 'Du kan stänga den här sidan. Om något fortfarande saknas hör vi av oss.',
  },
  receivedEid: {
    title: 'Tack för att du hörde av dig',
    happened: 'Nu vet vi att du är tillbaka, och vi frågar legitimeringstjänsten efter resultatet.',
    next: 'Du kan stänga den här sidan. Om legitimeringen inte lyckades kan du börja om.',
  },
  used: {
    title: 'Länken har redan använts',
    happened: 'Det som den var till för har nått oss. Varje länk gäller en gång.',
    next: 'Du behöver inte göra något. Om något fortfarande saknas hör vi av oss.',
  },
  expired: {
    title: 'Länken har gått ut',
    happened: 'För din säkerhet gäller den bara under en begränsad tid. Ingenting har ändrats.',
    next: 'Använd det senaste meddelandet du har fått från oss, eller be oss om en ny länk.',
  },
  invalid: {
    title: 'Länken är inte giltig',
    happened: 'Den kan ha klippts av eller skrivits fel. Ingenting har ändrats.',
    next: 'Öppna hela länken från vårt meddelande en gång till, eller be oss om en ny.',
  },
  unavailable: {
    title: 'Försök igen om en stund',
    happened: 'Vi kan inte ta emot detta just nu. Din länk fortsätter att gälla.',
    next: 'Vänta en minut och tryck sedan på knappen.',
    button: 'Försök igen',
  },
};
