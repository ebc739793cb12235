import type { Texts } from './text.ts';

export const de: Texts = {
  askEmail: {
    title: 'Ihre E-Mail-Adresse',
    happened: 'Sie haben den Link in unserer E-Mail geöffnet.',
    next: 'Teilen Sie uns über die Schaltfläche mit, dass sie angekommen ist. Danach prüfen wir, ob Ihre Adresse bestätigt ist.',
    button: 'Weiter',
  },
  askEid: {
    title: 'Zurück von Ihrer Identifizierung',
    happened: 'Sie sind von der Identifizierung mit Ihrer eID zurückgekommen.',
    next: 'Teilen Sie es uns über die Schaltfläche mit. Danach fragen wir den Identifizierungsdienst nach dem Ergebnis.',
    button: 'Weiter',
  },
  receivedEmail: {
    title: 'Danke für die Nachricht',
    happened:
      'Wir wissen jetzt, dass Sie den Link in unserer E-Mail geöffnet haben, und prüfen, ob Ihre Adresse bestätigt ist.',
    next: 'Sie können diese Seite schließen. Falls noch etwas fehlt, hören Sie von uns.',
  },
  receivedEid: {
    title: 'Danke für die Nachricht',
    happened: 'Wir wissen jetzt, dass Sie zurück sind, und fragen den Identifizierungsdienst nach dem Ergebnis.',
    next: 'Sie können diese Seite schließen. Falls die Identifizierung nicht gelungen ist, können Sie sie neu beginnen.',
  },
  used: {
    title: 'Dieser Link wurde schon benutzt',
    happened: 'Das, wofür er gedacht war, hat uns schon erreicht. Jeder Link gilt einmal.',
    next: 'Sie müssen nichts tun. Falls noch etwas fehlt, hören Sie von uns.',
  },
  expired: {
    title: 'Dieser Link ist abgelaufen',
    happened: 'Zu Ihrer Sicherheit gilt er nur für begrenzte Zeit. Es wurde nichts geändert.',
    next: 'Nehmen Sie die neueste Nachricht, die Sie von uns haben, oder bitten Sie uns um einen neuen Link.',
  },
  invalid: {
    title: 'Dieser Link ist nicht gültig',
    happened: 'Er wurde vielleicht abgeschnitten oder falsch abgetippt. Es wurde nichts geändert.',
    next: 'Öffnen Sie den ganzen Link aus unserer Nachricht noch einmal, oder bitten Sie uns um einen neuen.',
  },
  unavailable: {
    title: 'Bitte versuchen Sie es gleich noch einmal',
    happened: 'Wir können das gerade nicht entgegennehmen. Ihr Link bleibt gültig.',
    next: 'Warten Sie eine Minute und drücken Sie dann die Schaltfläche.',
    button: 'Erneut versuchen',
  },
};
