import type { Texts } from './text.ts';

export const en: Texts = {
  askEmail: {
    title: 'Your e-mail address',
    happened: 'You have opened the link in our e-mail.',
    next: 'Press the button to let us know that it reached you. We then check whether your address is confirmed.',
    button: 'Continue',
  },
  askEid: {
    title: 'Back from your identification',
    happened: 'You have come back from the identification with your eID.',
    next: 'Press the button to let us know. We then ask the identification service for the result.',
    button: 'Continue',
  },
  receivedEmail: {
    title: 'Thank you for letting us know',
    happened:
      'We know now that you have opened the link in our e-mail, and are checking whether your address is confirmed.',
    next: 'You can close this page. If something is still missing, you will hear from us.',
  },
  receivedEid: {
    title: 'Thank you for letting us know',
    happened: 'We know now that you are back, and are asking the identification service for the result.',
    next: 'You can close this page. If the identification did not succeed, you can start it again.',
  },
  used: {
    title: 'This link has been used already',
    happened: 'What it was for has reached us. Each link counts once.',
    next: 'You do not need to do anything. If something is still missing, you will hear from us.',
  },
  expired: {
    title: 'This link has expired',
    happened: 'For your safety it works for a limited time only. Nothing has been changed.',
    next: 'Use the newest message you have from us, or ask us for a new link.',
  },
  invalid: {
    title: 'This link is not valid',
    happened: 'It may have been cut off or mistyped. Nothing has been changed.',
    next: 'Open the whole link from our message once more, or ask us for a new one.',
  },
  unavailable: {
    title: 'Please try again in a moment',
    happened: 'We cannot receive this right now. Your link stays valid.',
    next: 'Wait a minute, then press the button.',
    button: 'Try again',
  },
};
